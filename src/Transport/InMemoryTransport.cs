using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>Connections within one world, <c>inproc://name</c>: for tests, and for parts of one process.</summary>
/// <remarks>
/// It behaves like a socket: bounded, so that back-pressure shows; half-close; reset. Every wake-up goes through
/// <c>World.Executor</c>, so that in a world with a stepped executor all runs on one thread in a repeatable order. It
/// checks its user: a receiver that consumes more than it was given, callbacks that overlap, a source that is asked
/// after its end and the like abort the connection with an <see cref="InvalidOperationException"/> that names the
/// rule. Names belong to the world: transports of one world see each other's listeners, worlds share nothing.
/// </remarks>
public sealed class InMemoryTransport : ITransport
{
    private readonly World _world;
    private readonly InMemoryOptions _options;
    private readonly InMemoryNames _names;

    /// <summary>Makes a transport in <paramref name="world"/>.</summary>
    /// <param name="world">Executor, randomness and names.</param>
    /// <param name="options">Null means the defaults. They hold for connections that this transport connects.</param>
    public InMemoryTransport(World world, InMemoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        _options = options ?? new InMemoryOptions();
        _names = world.GetOrAdd(static _ => new InMemoryNames());
    }

    /// <inheritdoc/>
    public string Backend => InMemoryNames.Backend;

    /// <inheritdoc/>
    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(address);
        cancellationToken.ThrowIfCancellationRequested();
        if (_names.Find(address) is not { } listener || !listener.TryReserve())
        {
            throw new TransportException(
                TransportError.Refused,
                $"Nobody listens on {address} in this world, or its backlog is full (Refused).");
        }

        var up = new InMemoryPipe(_world, _options);
        var down = new InMemoryPipe(_world, _options);
        var number = _names.NextNumber();
        var client = Make($"im{number}c", address, down, up);
        listener.Accept(Make($"im{number}s", address, up, down));
        return new ValueTask<Connection>(client);
    }

    /// <inheritdoc/>
    public ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Check(address);
        ArgumentNullException.ThrowIfNull(onAccepted);
        cancellationToken.ThrowIfCancellationRequested();
        var listener = new InMemoryListener(_world, _names, address, onAccepted, (options ?? new()).Backlog);
        return _names.TryAdd(listener)
            ? new ValueTask<Listener>(listener)
            : throw new TransportException(
                TransportError.AddressInUse, $"{address} is taken in this world (AddressInUse).");
    }

    private static void Check(TransportAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Scheme != TransportScheme.InProcess)
        {
            throw new TransportException(
                TransportError.AddressNotSupported, $"{address} is not inproc://name, which this transport serves.");
        }
    }

    private PumpConnection Make(string id, TransportAddress address, InMemoryPipe input, InMemoryPipe output)
    {
        var io = new InMemoryIo(input, output);
        var identity = new ConnectionIdentity(id, Backend, address, address);
        var connection = new PumpConnection(_world, identity, io, keepReceiveBuffer: false) { ChecksContract = true };
        io.Events = connection;
        return connection;
    }
}
