using System.Diagnostics.Metrics;
using System.Globalization;
using NetCore.Core;

namespace NetCore.Transport.Peer;

/// <summary>Serves keyed streams and counts what becomes of them.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly World _world = new(new WorldOptions { TrackBlocks = false });
    private readonly ITransport _transport;
    private readonly MeterListener _meter = new();
    private Listener? _listener;
    private int _accepted;
    private int _errors;
    private int _open;
    private int _wrong;
    private string _firstWrong = "-";

    public Server(string engine)
    {
        _transport = engine switch
        {
            "epoll" => new EpollTransport(_world, new EpollTransportOptions { Reactors = 2 }),
            "uring" => new UringTransport(_world, new UringTransportOptions { Reactors = 2 }),
            "sockets" => new SocketTransport(_world),
            _ => Transports.Create(_world),
        };
        _meter.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "netcore.transport.accept.errors")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref _errors));
        _meter.Start();
    }

    public async Task<int> ListenAsync()
    {
        _listener = await _transport.ListenAsync("tcp://127.0.0.1:0", Accept, new ListenOptions { Backlog = 4096 });
        return _listener.Address.Port;
    }

    /// <summary>One line: numbers and the first thing that was wrong.</summary>
    public string Describe(bool collect) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Volatile.Read(ref _accepted)} {Volatile.Read(ref _errors)} {Volatile.Read(ref _open)} "
        + $"{Volatile.Read(ref _wrong)} {_world.Blocks.Outstanding} {GC.GetTotalMemory(collect)} "
        + $"{Descriptors()} {_transport.Backend} {_firstWrong}");

    public async ValueTask DisposeAsync()
    {
        await _listener!.DisposeAsync();
        _meter.Dispose();
    }

    private static int Descriptors()
    {
        try
        {
            return Directory.GetFiles("/proc/self/fd").Length;
        }
        catch (IOException)
        {
            // To count them takes one, and there is none.
            return int.MaxValue;
        }
    }

    private void Accept(Connection connection)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
        KeyedEnd.Server(connection, OnClosed);
    }

    private void OnClosed(KeyedEnd end)
    {
        if (end.Wrong is { } wrong)
        {
            _firstWrong = Interlocked.Increment(ref _wrong) == 1 ? wrong : _firstWrong;
        }

        Interlocked.Decrement(ref _open);
    }
}
