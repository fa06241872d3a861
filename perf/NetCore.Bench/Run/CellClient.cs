using NetCore.Core;

namespace NetCore.Bench;

/// <summary>The client's part of a cell: warm-up, then the measured stretch.</summary>
/// <remarks>Used by one thread, which drives the stretches by sleeping: nothing but load runs beside it.</remarks>
internal sealed class CellClient(Contestant contestant, CellRequest request) : IDisposable
{
    private readonly ILoadDriver _driver = contestant.NewDriver(request.Scenario);
    private readonly LoadShape _shape =
        LoadShape.Of(request.Scenario, contestant.Kind) with { ClientWork = request.ClientWork };

    private double _rate;

    private bool IsIdle => request.Scenario.Traffic == Traffic.Idle;

    public WarmUpResult WarmUp()
    {
        Rehearse();
        if (IsIdle)
        {
            // One connection, so that what a server makes once is not counted as memory of connections.
            using var first = contestant.NewDriver(request.Scenario);
            first.Connect(request.Address, _shape with { Connections = 1 });
            return new WarmUpResult(0, 0, 0, true);
        }

        _driver.Connect(request.Address, _shape);
        var warm = Bench.WarmUp.Run(_driver, request.WarmUp);
        if (request.Scenario.LoadShare > 0)
        {
            // What is measured goes another way through the driver and through the server.
            _rate = request.Scenario.LoadShare * (request.Peak > 0 ? request.Peak : warm.Rate);
            _driver.Run(new Stretch(request.WarmUp.Window, _rate, new LatencyHistogram()));
        }

        return warm;
    }

    public LoadResult Measure()
    {
        var latency = new LatencyHistogram();
        var stretch = new Stretch(request.Measure, _rate, latency);
        var managed = IsIdle ? GC.GetTotalMemory(forceFullCollection: true) : 0;
        var before = Used();
        var result = IsIdle ? Hold() : _driver.Run(stretch);
        var used = Used().Since(before);
        if (IsIdle)
        {
            used = used with { ManagedBytes = GC.GetTotalMemory(forceFullCollection: true) - managed };
        }

        return LoadResult.Of(result, latency, used, _rate > 0 ? _rate : null);
    }

    public void Dispose() => _driver.Dispose();

    // What comes between the warm-up and the measured time, and around it, is compiled before: else the compiler would
    // take its time from the first cell, on the only core that the client has.
    private static void Rehearse()
    {
        _ = Json.Write(new WarmUpResult(0, 0, 1, false));
        var used = ProcessUsage.Now().Since(ProcessUsage.Now());
        _ = Json.Write(LoadResult.Of(default, new LatencyHistogram(), used, null));
    }

    private ProcessUsage Used() =>
        ProcessUsage.Now() with { SystemCalls = _driver.SystemCalls, Requests = _driver.Requests };

    private StretchResult Hold()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        _driver.Connect(request.Address, _shape);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StretchResult(_shape.Connections, (long)_shape.Connections * _shape.PayloadBytes, seconds);
    }
}
