namespace NetCore.Bench;

/// <summary>A server that listens until it is disposed.</summary>
internal interface IServerHalf : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port.</summary>
    Uri Address { get; }

    /// <summary>System calls since it started, where its engine counts them; null where not.</summary>
    long? SystemCalls => null;

    /// <summary>
    /// What it holds for its peers now, and may hold at most when nothing is under way; null where it does not count.
    /// </summary>
    HeldMemory? Held => null;

    /// <summary>Requests to a ring since it started, where there is one and they are counted; null where not.</summary>
    long? Requests => null;

    /// <summary>What processes that it has started have used so far, and use now; null where it has none.</summary>
    ProcessUsage? Elsewhere => null;
}
