namespace NetCore.Bench.Doctor;

/// <summary><c>doctor</c>: what this machine can do, what that costs, and what to choose.</summary>
internal static class DoctorCommand
{
    public static int Execute(IEnumerable<string> arguments)
    {
        var json = false;
        string? save = null;
        var line = new CommandLine(arguments);
        while (line.TryNext(out var name))
        {
            switch (name)
            {
                case "--json": json = true; break;
                case "--save": save = line.Output(name); break;
                default: throw CommandLine.Unknown(name);
            }
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new BenchException("doctor looks at what Linux offers, and this is no Linux; NetCore runs on its "
                + "sockets engine here.");
        }

        // On standard error, so that standard output is the report alone.
        static void Tell(string what) => Console.Error.WriteLine($"doctor: {what}");
        var report = new Examination(new SystemFiles(), Tell).Run();
        Console.Out.Write(json ? Json.WritePage(report) + Environment.NewLine : DoctorText.Of(report));
        if (save is not null)
        {
            var choice = SavedChoice.Of(report);
            File.WriteAllText(save, Json.WritePage(choice) + Environment.NewLine);
            Tell(choice.Told(save));
        }

        return ExitCode.Success;
    }
}
