namespace NetCore.Transport;

/// <summary>Accepts connections until disposed. Disposing it does not touch the connections it handed over.</summary>
public abstract class Listener : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port.</summary>
    public abstract TransportAddress Address { get; }

    /// <summary>Engine behind it.</summary>
    public abstract string Backend { get; }

    /// <summary>
    /// Stops accepting; when it returns no accept callback runs any more and the address is free again. Idempotent.
    /// </summary>
    public abstract ValueTask DisposeAsync();
}
