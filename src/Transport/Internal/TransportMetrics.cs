using System.Diagnostics.Metrics;

namespace NetCore.Transport.Internal;

/// <summary>The meter <c>NetCore.Transport</c>; one for each world.</summary>
internal sealed class TransportMetrics
{
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly UpDownCounter<long> _current;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _aborts;
    private readonly Counter<long> _acceptErrors;
    private readonly UpDownCounter<long> _lost;

    public TransportMetrics()
    {
        var meter = new Meter("NetCore.Transport");
        _opened = meter.CreateCounter<long>("netcore.transport.connections.opened", "{connection}");
        _closed = meter.CreateCounter<long>("netcore.transport.connections.closed", "{connection}");
        _current = meter.CreateUpDownCounter<long>("netcore.transport.connections.current", "{connection}");
        _bytesIn = meter.CreateCounter<long>("netcore.transport.bytes.in", "By");
        _bytesOut = meter.CreateCounter<long>("netcore.transport.bytes.out", "By");
        _aborts = meter.CreateCounter<long>("netcore.transport.aborts", "{connection}");
        _acceptErrors = meter.CreateCounter<long>("netcore.transport.accept.errors", "{error}");
        _lost = meter.CreateUpDownCounter<long>("netcore.transport.connections.lost", "{connection}");
    }

    public void Opened(string backend)
    {
        _opened.Add(1, new KeyValuePair<string, object?>("backend", backend));
        _current.Add(1, new KeyValuePair<string, object?>("backend", backend));
    }

    public void Closed(string backend, TransportError error)
    {
        _closed.Add(1, new KeyValuePair<string, object?>("backend", backend));
        _current.Add(-1, new KeyValuePair<string, object?>("backend", backend));
        if (error != TransportError.None)
        {
            _aborts.Add(1, new KeyValuePair<string, object?>("reason", error.ToString()));
        }
    }

    /// <summary>Closed, but for what the kernel keeps of it.</summary>
    public void Lost(string backend) => _lost.Add(1, new KeyValuePair<string, object?>("backend", backend));

    /// <summary>The kernel has let go one of those.</summary>
    public void Found(string backend) => _lost.Add(-1, new KeyValuePair<string, object?>("backend", backend));

    public void Received(int bytes) => _bytesIn.Add(bytes);

    public void Sent(int bytes) => _bytesOut.Add(bytes);

    public void AcceptError(TransportError error) =>
        _acceptErrors.Add(1, new KeyValuePair<string, object?>("reason", error.ToString()));
}
