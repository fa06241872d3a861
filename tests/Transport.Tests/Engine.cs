using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>What the conformance suite needs of an engine: a world, a transport and an address of its own.</summary>
public abstract class Engine : IAsyncDisposable
{
    public virtual World World { get; } = new(new WorldOptions { TrackBlocks = true });

    public abstract ITransport Transport { get; }

    /// <summary>A free address to listen on.</summary>
    public abstract TransportAddress NewAddress();

    /// <summary>An address where nobody listens.</summary>
    public abstract TransportAddress DeadAddress();

    /// <summary>Whether connections use file descriptors, which must then all come back.</summary>
    public virtual bool UsesDescriptors => true;

    /// <summary>Whether the peer of an abort sees a reset even when it has nothing unread.</summary>
    public virtual bool AbortIsReset => true;

    public virtual ValueTask DisposeAsync()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
