using NetCore.Transport;

namespace NetCore.Fuzz.Servers;

/// <summary>Accepts, or has connected, what it is given.</summary>
internal sealed class FuzzTransport : ITransport
{
    private Action<Connection> _onAccepted = static _ => { };

    public string Backend => "fuzz";

    /// <summary>What the next one who connects gets.</summary>
    public Connection? Connection { get; init; }

    public void Accept(Connection connection) => _onAccepted(connection);

    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default) =>
        new(Connection ?? throw new NotSupportedException());

    public ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        _onAccepted = onAccepted;
        return new(new Listening(address));
    }

    private sealed class Listening(TransportAddress address) : Listener
    {
        public override TransportAddress Address => address;

        public override string Backend => "fuzz";

        public override ValueTask DisposeAsync() => default;
    }
}
