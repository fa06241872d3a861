using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary><c>serve</c>: the answering half.</summary>
internal static class ServeCommand
{
    // Connections that do not end must not keep the process; the parent has its own, longer patience.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var contestant = Contestants.Get(line.Text("serve"));
        Uri? listen = null;
        while (line.TryNext(out var name))
        {
            switch (name)
            {
                case "--listen": listen = line.Address(name); break;
                case "--core": Processors.Pin(line.Whole(name, 0, Processors.MaxCore)); break;
                default: throw CommandLine.Unknown(name);
            }
        }

        Serve(contestant, listen ?? throw new UsageException("serve needs --listen."));
        return ExitCode.Success;
    }

    private static void Serve(IContestant contestant, Uri address)
    {
        using var stop = new ManualResetEventSlim();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }

        // The main thread does nothing but wait, so that starting to listen may block it.
        var server = contestant.ListenAsync(address).GetAwaiter().GetResult();
        ControlLines.Say(ControlLines.Listening + $"tcp://{server.Address.Authority}");
        ControlLines.Listen(Answer, stop.Set);
        stop.Wait();
        server.DisposeAsync().AsTask().Wait(StopTimeout);
    }

    private static void Answer(string line)
    {
        if (line == ControlLines.AskStats)
        {
            ControlLines.Say(ControlLines.Stats + Json.Write(ProcessUsage.Now()));
        }
        else
        {
            Console.Error.WriteLine($"'{line}' is not understood; there is '{ControlLines.AskStats}'.");
        }
    }
}
