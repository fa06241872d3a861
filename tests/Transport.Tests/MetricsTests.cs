using System.Diagnostics.Metrics;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

/// <summary>The names, units and values that dashboards are built on.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Prefix = "netcore.transport.";

    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, string?> _units = [];
    private readonly Dictionary<string, long> _sums = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly TestWorld _world;

    public MetricsTests()
    {
        // Other tests have worlds of their own at the same time; this one's makes and counts on this thread alone.
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsMine && instrument.Meter.Name == "NetCore.Transport")
            {
                _units.Add(instrument.Name[Prefix.Length..], instrument.Unit);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _world = new TestWorld();
    }

    private bool IsMine => Environment.CurrentManagedThreadId == _thread;

    public void Dispose()
    {
        _listener.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Instruments_have_the_names_and_units_that_dashboards_know()
    {
        Connect("inproc://names");
        Assert.Equal(
            [
                ("aborts", "{connection}"), ("accept.errors", "{error}"), ("bytes.in", "By"), ("bytes.out", "By"),
                ("connections.closed", "{connection}"), ("connections.current", "{connection}"),
                ("connections.lost", "{connection}"), ("connections.opened", "{connection}"),
            ],
            _units.Select(unit => (unit.Key, unit.Value)).OrderBy(unit => unit.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void An_exchange_that_ends_in_order_counts_its_bytes_and_both_ends_and_no_abort()
    {
        var (client, server) = Connect("inproc://order");
        Assert.Equal((2, 2), (Sum("connections.opened backend=inmemory"), Sum("connections.current backend=inmemory")));
        server.OnEnd = static peer => peer.SendPattern(500, end: true);
        client.SendPattern(1000, end: true);
        _world.Settle();

        Assert.Equal((1500, 1500), (Sum("bytes.out"), Sum("bytes.in")));
        Assert.Equal((2, 2), (Sum("connections.opened backend=inmemory"), Sum("connections.closed backend=inmemory")));
        Assert.Equal(0, Sum("connections.current backend=inmemory"));
        Assert.DoesNotContain(_sums.Keys, key => key.StartsWith("aborts", StringComparison.Ordinal));
    }

    [Fact]
    public void An_abort_is_counted_with_its_reason()
    {
        var (client, _) = Connect("inproc://abort");
        client.Connection.Abort(TransportError.ProtocolViolation);
        _world.Settle();

        Assert.Equal(1, Sum("aborts reason=ProtocolViolation"));
        Assert.Equal(2, _sums.Where(sum => sum.Key.StartsWith("aborts", StringComparison.Ordinal)).Sum(s => s.Value));
        Assert.Equal(0, Sum("connections.current backend=inmemory"));
    }

    [Fact]
    public void A_connection_that_is_started_after_its_close_is_told_and_counted_once()
    {
        var (client, server) = Connect("inproc://late", start: false);
        client.Connection.Abort();
        server.Connection.Abort();
        _world.Settle();
        Assert.Equal((0, 0), (client.ClosedCount, Sum("connections.current backend=inmemory")));
        client.Start();
        _world.Settle();
        Assert.Equal((1, 0), (client.ClosedCount, Sum("connections.current backend=inmemory")));
        Assert.Equal(2, Sum("connections.closed backend=inmemory"));
    }

    private (Peer Client, Peer Server) Connect(string address, bool start = true)
    {
        var transport = new InMemoryTransport(_world.World);
        Connection? accepted = null;
        _ = transport.ListenAsync(address, connection => accepted = connection).AsTask();
        _world.Settle();
        var connecting = transport.ConnectAsync(address).AsTask();
        _world.Settle();
        var (client, server) = (new Peer(connecting.Result), new Peer(accepted!));
        return start ? (client.Start(), server.Start()) : (client, server);
    }

    private void Count(
        Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (IsMine)
        {
            var key = instrument.Name[Prefix.Length..]
                + string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"));
            _sums[key] = Sum(key) + value;
        }
    }

    private long Sum(string key) => _sums.GetValueOrDefault(key);
}
