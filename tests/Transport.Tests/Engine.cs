using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>What the conformance suite needs of an engine: a world, a transport and an address of its own.</summary>
public abstract class Engine : IAsyncDisposable
{
    /// <summary>
    /// A process of tests may be stopped for longer than the half minute after which a peer without room is given up.
    /// </summary>
    protected static SocketTransportOptions Sockets { get; } = new() { UserTimeout = TimeSpan.FromHours(1) };

    public virtual World World { get; } = new(new WorldOptions { TrackBlocks = true });

    public abstract ITransport Transport { get; }

    /// <summary>What it must really run on: a silent fall-back would leave the engine untested.</summary>
    public abstract string Backend { get; }

    /// <summary>A free address to listen on.</summary>
    public abstract TransportAddress NewAddress();

    /// <summary>An address where nobody listens.</summary>
    public abstract TransportAddress DeadAddress();

    /// <summary>Whether connections use file descriptors, which must then all come back.</summary>
    public virtual bool UsesDescriptors => true;

    /// <summary>Whether the peer of an abort sees a reset even when it has nothing unread.</summary>
    public virtual bool AbortIsReset => true;

    /// <summary>Whether work of the executor may block without holding up its connection.</summary>
    public virtual bool WorkMayBlock => true;

    /// <summary>Whether a connection that waits gives its receive block back.</summary>
    public virtual bool IdleHoldsNoBlock => true;

    /// <summary>Whether a connection is of this engine.</summary>
    public virtual bool Serves(Connection connection) => connection.Backend == Backend;

    /// <summary>What a test has not given back; null when there is nothing.</summary>
    public virtual string? Leftovers() =>
        World.Blocks.Outstanding != 0 ? $"{World.Blocks.Outstanding} blocks are out"
        : World.Budget.Used != 0 ? $"{World.Budget.Used} bytes of the budget are used" : null;

    public virtual ValueTask DisposeAsync()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
