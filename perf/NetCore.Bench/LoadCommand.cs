using System.Diagnostics;

namespace NetCore.Bench;

/// <summary><c>load</c>: the calling half.</summary>
/// <remarks>Its main thread drives the stretches by sleeping, so that nothing but calls runs on the pool.</remarks>
internal sealed class LoadCommand
{
    // More than anybody keeps under way on one connection; the raw socket's buffers hold twice as many records.
    private const int MaxOutstanding = 1024;

    private readonly IContestant _contestant;
    private readonly TaskCompletionSource _go = new();
    private Uri? _connect;
    private int _outstanding = 1;
    private TimeSpan _warmUp = TimeSpan.FromSeconds(4);
    private TimeSpan _measure = TimeSpan.FromSeconds(4);
    private bool _control;

    private LoadCommand(IContestant contestant) => _contestant = contestant;

    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var command = new LoadCommand(Contestants.Get(line.Text("load")));
        command.Parse(line);
        return command.Run(command._connect ?? throw new UsageException("load needs --connect."));
    }

    private void Parse(CommandLine line)
    {
        while (line.TryNext(out var name))
        {
            switch (name)
            {
                case "--connect": _connect = line.Address(name); break;
                case "--outstanding": _outstanding = line.Whole(name, 1, MaxOutstanding); break;
                case "--warmup": _warmUp = line.Seconds(name); break;
                case "--seconds": _measure = line.Seconds(name); break;
                case "--core": Processors.Pin(line.Whole(name, 0, Processors.MaxCore)); break;
                case "--control": _control = true; break;
                default: throw CommandLine.Unknown(name);
            }
        }
    }

    private int Run(Uri address)
    {
        if (_control)
        {
            ControlLines.Listen(OnLine, () => Environment.Exit(ExitCode.Interrupted));
        }

        var client = _contestant.ConnectAsync(address).GetAwaiter().GetResult();
        var warm = WarmUp.Run(client, _outstanding, _warmUp);
        ControlLines.Say(ControlLines.Warm + Json.Write(warm));
        if (_control)
        {
            _go.Task.Wait();
        }

        ControlLines.Say(ControlLines.Result + Json.Write(Measure(client)));
        client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return ExitCode.Success;
    }

    private LoadResult Measure(IEchoClient client)
    {
        var run = new LoadRun(_outstanding);
        var before = ProcessUsage.Now();
        var start = Stopwatch.GetTimestamp();
        var callers = client.RunAsync(run);

        // When a caller fails, the others stop and the task ends early; otherwise this is the measured time.
        ((IAsyncResult)callers).AsyncWaitHandle.WaitOne(_measure);
        run.Stop();
        callers.GetAwaiter().GetResult();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = ProcessUsage.Now().Since(before);
        return LoadResult.Of(run.Latency(), elapsed, used);
    }

    private void OnLine(string line)
    {
        if (line == ControlLines.Go)
        {
            _go.TrySetResult();
        }
    }
}
