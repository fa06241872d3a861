using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary><c>serve</c>: the answering half.</summary>
internal sealed class ServeCommand
{
    // Whoever has stopped it waits for this, and connections whose peer does not end are cut then.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly List<(Uri Address, Service Service)> _listen = [];
    private readonly List<IServerHalf> _servers = [];
    private bool _control;

    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var half = OurHalf.First(line, "serve");
        var command = new ServeCommand();
        while (line.TryNext(out var name))
        {
            switch (name)
            {
                case "--listen": command._listen.Add((line.Address(name), Service.Echo)); break;
                case "--sink": command._listen.Add((line.Address(name), Service.Sink)); break;
                case "--core": Processors.Pin(line.Whole(name, 0, Processors.MaxCore)); break;
                case "--control": command._control = true; break;
                default: half.Take(name, line); break;
            }
        }

        if (command._listen.Count == 0)
        {
            throw new UsageException(
                "serve needs --listen, for example --listen tcp://127.0.0.1:0, which takes any free port.");
        }

        command.Serve(half.Contestant());
        return ExitCode.Success;
    }

    private void Serve(Contestant contestant)
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
        foreach (var (address, service) in _listen)
        {
            var server = contestant.ListenAsync(address, service).GetAwaiter().GetResult();
            _servers.Add(server);
            ControlLines.Say(ControlLines.Listening + server.Address.Text);
        }

        if (_control)
        {
            ControlLines.Listen(Answer, stop.Set);
        }

        stop.Wait();
        Task.WhenAll(_servers.Select(static server => server.DisposeAsync().AsTask())).Wait(StopTimeout);
    }

    private void Answer(string line)
    {
        if (line == ControlLines.AskCollectedStats)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        else if (line != ControlLines.AskStats)
        {
            Console.Error.WriteLine($"'{line}' is not understood; there is '{ControlLines.AskStats}'.");
            return;
        }

        var own = ProcessUsage.Now() with
        {
            SystemCalls = Sum(static server => server.SystemCalls),
            Requests = Sum(static server => server.Requests),
            Held = Held(),
        };
        var usage = _servers.Select(static server => server.Elsewhere).OfType<ProcessUsage>()
            .Aggregate(own, static (all, one) => all.With(one));
        ControlLines.Say(ControlLines.Stats + Json.Write(usage));
    }

    // Listening twice, a contestant has two servers.
    private HeldMemory? Held()
    {
        var held = _servers.Select(static server => server.Held).OfType<HeldMemory>().ToList();
        return held.Count > 0 ? held.Aggregate(static (all, one) => all.With(one)) : null;
    }

    // Null unless all of them count.
    private long? Sum(Func<IServerHalf, long?> count)
    {
        var counts = _servers.ConvertAll(server => count(server));
        return counts.TrueForAll(static one => one is not null) ? counts.Sum() : null;
    }
}
