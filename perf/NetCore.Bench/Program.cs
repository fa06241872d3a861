using NetCore.Bench;
using NetCore.Transport;

try
{
    return args switch
    {
        [] => Usage.Fail("Say what to do: list, run, compare, doctor, serve or load."),
        ["--help" or "-h" or "help", ..] => Usage.Print(),
        [_, .. var rest] when rest.Contains("--help") || rest.Contains("-h") => Usage.Print(),
        ["run", .. var rest] => new RunCommand(RunOptions.Parse(rest)).Execute(),
        ["serve", .. var rest] => ServeCommand.Execute(rest),
        ["load", .. var rest] => LoadCommand.Execute(rest),
        ["doctor", .. var rest] => NetCore.Bench.Doctor.DoctorCommand.Execute(rest),
        ["list", .. var rest] => ListCommand.Execute(rest),
        ["compare", .. var rest] => CompareCommand.Execute(rest),
        ["client", .. var rest] => ClientCommand.Execute(rest),
        ["spin", .. var rest] => SpinCommand.Execute(rest),
        [var other, ..] => Usage.Fail($"There is no command '{other}'."),
    };
}
catch (UsageException e)
{
    return Usage.Fail(e.Message, e.IsExplained);
}
catch (Exception e) when (e is BenchException or TransportException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return ExitCode.Failed;
}
catch (Exception e)
{
    // What the system or a contestant throws; its kind and words say enough.
    Console.Error.WriteLine($"error: {e.GetType().Name}: {e.Message}");
    return ExitCode.Failed;
}
