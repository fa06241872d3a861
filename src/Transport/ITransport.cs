namespace NetCore.Transport;

/// <summary>Makes connections of one kind: all that a new transport implements.</summary>
/// <remarks>
/// Thread-safe. Expected failures are <see cref="TransportException"/> with one <see cref="TransportError"/>.
/// </remarks>
public interface ITransport
{
    /// <summary>
    /// Name of the engine that moves the bytes, for logs and reports: <c>sockets</c>, <c>epoll</c>, <c>uring</c>,
    /// <c>inmemory</c>.
    /// </summary>
    string Backend { get; }

    /// <summary>Why it is this engine, for people: what was asked for, or what a self-test has found.</summary>
    string BackendReason => MadeByCode;

    /// <summary>The reason of a transport that nobody has chosen for the code.</summary>
    internal const string MadeByCode = "the code has made this transport itself";

    /// <summary>Connects to <paramref name="address"/>.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt; the deadline of the options ends it too.</param>
    /// <returns>
    /// A connection that the caller owns, starts once with <see cref="Connection.Start"/> and disposes.
    /// </returns>
    /// <exception cref="TransportException">
    /// Refused, unreachable, unknown host, deadline passed, address not supported.
    /// </exception>
    ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Listens on <paramref name="address"/> and hands over each accepted connection.</summary>
    /// <param name="address">Where; port 0 picks a free one, which <see cref="Listener.Address"/> then names.</param>
    /// <param name="onAccepted">
    /// Called once for each connection, calls may come on any thread and overlap. It owns the connection from then
    /// on: it starts it, soon, and disposes it. It must not block or throw; a throw aborts that connection alone.
    /// </param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt to listen, not the listener.</param>
    /// <exception cref="TransportException">Address in use, not available, not permitted, not supported.</exception>
    ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default);
}
