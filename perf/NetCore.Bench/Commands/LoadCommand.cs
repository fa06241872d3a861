using System.Globalization;

namespace NetCore.Bench;

/// <summary><c>load</c>: the calling half alone, against a server that somebody has started.</summary>
internal sealed class LoadCommand
{
    private readonly OurHalf _half;
    private Scenario _scenario = new() { Name = "load", Description = "from the command line" };
    private TimeSpan _warmUp = TimeSpan.FromSeconds(4);
    private TimeSpan _measure = TimeSpan.FromSeconds(4);
    private TimeSpan _clientWork;
    private double _rate;
    private Uri? _connect;
    private bool _json;

    private LoadCommand(OurHalf half) => _half = half;

    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var command = new LoadCommand(OurHalf.First(line, "load"));
        while (line.TryNext(out var name))
        {
            command.Take(name, line);
        }

        return command.Run(command._connect
            ?? throw new UsageException("load needs --connect and the URI that serve prints."));
    }

    private void Take(string name, CommandLine line)
    {
        switch (name)
        {
            case "--connect": _connect = line.Address(name); break;
            case "--connections": _scenario = _scenario with { Connections = line.Whole(name, 1, 100_000) }; break;
            case "--outstanding": _scenario = _scenario with { Outstanding = line.Whole(name, 1, 1024) }; break;
            case "--bytes": _scenario = _scenario with { PayloadBytes = line.Whole(name, 8, 1024 * 1024) }; break;
            case "--traffic": _scenario = _scenario with { Traffic = TrafficOf(line, name) }; break;
            case "--client-wait":
                var spin = line.OneOf(name, "block", "spin") == "spin";
                _scenario = _scenario with { Wait = spin ? WaitMode.Spin : WaitMode.Block };
                break;
            case "--rate": _rate = line.Number(name, 0, 1e9); break;
            case "--client-work": _clientWork = TimeSpan.FromMicroseconds(line.Whole(name, 0, 1_000_000)); break;
            case "--warmup": _warmUp = line.Seconds(name); break;
            case "--seconds": _measure = line.Seconds(name); break;
            case "--core": Processors.Pin(line.Whole(name, 0, Processors.MaxCore)); break;
            case "--json": _json = true; break;
            default: _half.Take(name, line); break;
        }
    }

    private static Traffic TrafficOf(CommandLine line, string name) =>
        line.OneOf(name, "echo", "bulk", "connect", "long-tail", "items", "exchange", "publish", "publish-one") switch
        {
            "items" => Traffic.Items,
            "exchange" => Traffic.Exchange,
            "publish" => Traffic.Publish,
            "publish-one" => Traffic.PublishOne,
            "bulk" => Traffic.Bulk,
            "connect" => Traffic.Connect,
            "long-tail" => Traffic.LongTail,
            _ => Traffic.Echo,
        };

    private int Run(Uri address)
    {
        // An open loop at a rate of its own instead of a share of a peak.
        var contestant = _half.Contestant();
        _scenario = _scenario with { Unix = address.IsUnix, LoadShare = _rate > 0 ? 1 : 0 };

        // How the server waits is its own affair here: it may be a stranger.
        if (contestant.WhyNot(_scenario with { Wait = contestant.Wait }) is { } reason)
        {
            throw new UsageException($"{contestant.Name} cannot make this load: {reason}.");
        }

        using var cell = new CellClient(contestant, new CellRequest
        {
            Scenario = _scenario,
            Address = address,
            WarmUp = WarmUpPlan.Of(_warmUp, _warmUp * 3),
            Measure = _measure,
            Peak = _rate,
            ClientWork = _clientWork,
        });
        var warm = cell.WarmUp();
        var load = cell.Measure();
        Console.WriteLine(_json ? Json.Write(load with { WarmUp = warm }) : Text(warm, load));
        return load.Operations > 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static string Steadiness(WarmUpResult warm) =>
        warm.Steady ? "steady" : string.Create(CultureInfo.InvariantCulture, $"NOT steady ({warm.Spread:P0})");

    private static string Text(WarmUpResult warm, LoadResult load) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        warm-up     {warm.Seconds:0.0} s, {Steadiness(warm)} at {warm.Rate:N0} ops/s
        operations  {load.Operations:N0} in {load.Seconds:0.000} s: {load.Operations / load.Seconds:N0} ops/s
        payload     {load.Bytes / load.Seconds / 1e9:0.000} GB/s in one direction
        latency us  p50 {load.P50:N1}, p90 {load.P90:N1}, p99 {load.P99:N1}, p99.9 {load.P999:N1}, max {load.Max:N1}
        client      {load.Usage.CpuMicroseconds / load.Operations:N2} us CPU/op, {load.Busy:P0} busy
                    {load.Usage.AllocatedBytes / (double)load.Operations:N1} B/op
        """);
}
