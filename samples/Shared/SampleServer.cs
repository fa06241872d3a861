using System.Runtime.InteropServices;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Samples;

/// <summary>What the small samples have in common: arguments, listening, and an end by Ctrl-C or SIGTERM.</summary>
internal static class SampleServer
{
    private const string Default = "tcp://127.0.0.1:7000";

    /// <summary>Listens until it is told to stop.</summary>
    /// <param name="name">Of the sample.</param>
    /// <param name="purpose">What it does, a sentence.</param>
    /// <param name="args">Of the command line.</param>
    /// <param name="onAccepted">Gets each connection; it must not block.</param>
    /// <returns>The exit code of the program.</returns>
    public static async Task<int> RunAsync(string name, string purpose, string[] args, Action<Connection> onAccepted)
    {
        if (args is not ([] or ["--listen", _]))
        {
            if (args is not ["--help"])
            {
                Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood.");
            }

            Console.WriteLine($"""
                {purpose} Ctrl-C stops it. A client: {Client(TransportAddress.Parse(Default))}

                {name} [--listen URI]    URI: tcp://host:port, unix:///path; default {Default}
                {name} --help            this text
                """);
            return args is ["--help"] ? 0 : 2;
        }

        var stop = new TaskCompletionSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            var address = TransportAddress.Parse(args is [_, var uri] ? uri : Default);
            await using var listener = await Transports.Create(World.Default).ListenAsync(address, onAccepted);
            Console.WriteLine($"{name} on {listener.Address} by {listener.Backend}");
            if (Client(listener.Address) is { } client)
            {
                Console.WriteLine($"A client: {client}");
            }

            await stop.Task;
            return 0;
        }
        catch (TransportException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }

    // A netcat connects to one address, not to all, and to a Unix socket that is a file.
    private static string? Client(TransportAddress address) => address switch
    {
        { Scheme: TransportScheme.Tcp, Host: "*" or "0.0.0.0" } => $"nc 127.0.0.1 {address.Port}",
        { Scheme: TransportScheme.Tcp, Host: "::" } => $"nc ::1 {address.Port}",
        { Scheme: TransportScheme.Tcp } => $"nc {address.Host} {address.Port}",
        { Scheme: TransportScheme.Unix, IsAbstract: false } => $"nc -U {address.Path}",
        _ => null,
    };
}
