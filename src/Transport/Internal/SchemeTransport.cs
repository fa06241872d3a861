namespace NetCore.Transport.Internal;

/// <summary>Chooses the transport by the scheme of the address.</summary>
internal sealed class SchemeTransport(ITransport engine, ITransport inMemory, string reason) : ITransport
{
    /// <summary>The engine for <c>tcp</c> and <c>unix</c>; each connection names its own.</summary>
    public string Backend => engine.Backend;

    public string BackendReason => reason;

    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default) =>
        Choose(address).ConnectAsync(address, options, cancellationToken);

    public ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Choose(address).ListenAsync(address, onAccepted, options, cancellationToken);

    private ITransport Choose(TransportAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Scheme == TransportScheme.InProcess ? inMemory : engine;
    }
}
