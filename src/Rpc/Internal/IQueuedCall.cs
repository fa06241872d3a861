namespace NetCore.Rpc.Internal;

/// <summary>What a <see cref="CallQueue"/> runs: user code of one call, a handler or a continuation.</summary>
internal interface IQueuedCall
{
    /// <summary>The next in the queue; the queue's own.</summary>
    IQueuedCall? Next { get; set; }

    /// <summary>The method that is called; until it has run.</summary>
    RpcMethod Method { get; }

    /// <summary>Runs it. After this the object may belong to another call.</summary>
    /// <returns>False when it goes on elsewhere and will tell <see cref="CallQueue.OnLeft"/>.</returns>
    bool Run();
}
