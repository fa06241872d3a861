using NetCore.Quickstart;

try
{
    if (QuickstartOptions.Parse(args, out var options) is { } error)
    {
        Console.Error.WriteLine($"{error} See --help.");
        return 2;
    }

    using var stop = new StopSignal();
    return options switch
    {
        { ShowHelp: true } => Help(),
        { Listen: not null } => await ServeCommand.RunAsync(options, stop.Token),
        { Connect: not null } => await ClientCommand.RunAsync(options, stop.Token),
        _ => await DemoCommand.RunAsync(options, stop.Token),
    };
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (Exception e) when (e is IOException or NetCore.Rpc.RpcException
    or NetCore.PubSub.PubSubException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static int Help()
{
    Console.WriteLine(QuickstartOptions.Help);
    return 0;
}
