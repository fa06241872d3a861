using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench.Contenders;

/// <summary>The one load generator of all echo and bulk cells: raw system calls on the calling thread.</summary>
internal sealed class FloorDriver : ILoadDriver
{
    private LoadShape? _shape;
    private EchoLoad? _echo;
    private BulkLoad? _bulk;
    private ConnectLoad? _connect;

    public void Connect(Uri address, LoadShape shape)
    {
        _shape = shape;
        switch (shape.Traffic)
        {
            case Traffic.Echo:
                _echo = new EchoLoad(address, shape);
                break;
            case Traffic.Idle:
                // A stretch without time makes one request for each slot.
                _echo = new EchoLoad(address, shape with { Outstanding = 1 });
                _echo.Run(new Stretch(TimeSpan.Zero, 0, new LatencyHistogram()));
                break;
            case Traffic.Bulk:
                _bulk = new BulkLoad(address, shape);
                break;
            case Traffic.Connect:
                _connect = new ConnectLoad(address, shape);
                break;
            default:
                throw new BenchException($"The load generator of echoes makes no traffic of kind {shape.Traffic}.");
        }
    }

    public StretchResult Run(Stretch stretch)
    {
        var shape = _shape ?? throw new InvalidOperationException("Connect first.");
        if (_bulk is not null)
        {
            return _bulk.Run(stretch);
        }

        var start = Stopwatch.GetTimestamp();
        var operations = shape.Traffic switch
        {
            Traffic.Idle => Hold(_echo!, shape, stretch.Duration),
            Traffic.Connect => _connect!.Run(stretch),
            _ => _echo!.Run(stretch),
        };
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StretchResult(operations, operations * shape.PayloadBytes, seconds);
    }

    public void Dispose()
    {
        _echo?.Dispose();
        _bulk?.Dispose();
        _connect?.Dispose();
    }

    private static long Hold(EchoLoad echo, LoadShape shape, TimeSpan duration)
    {
        Thread.Sleep(duration);
        return echo.IsQuiet
            ? shape.Connections : throw new BenchException("The server closed a connection that was idle.");
    }
}
