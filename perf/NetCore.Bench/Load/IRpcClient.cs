namespace NetCore.Bench;

/// <summary>One connection of an RPC contestant.</summary>
internal interface IRpcClient : IAsyncDisposable
{
    /// <summary>
    /// Calls as often as the caller says: awaits <see cref="Caller.NextAsync"/>, ends when that is false, sends <see
    /// cref="Caller.Request"/>, awaits the answer and gives it to <see cref="Caller.Done"/>.
    /// </summary>
    /// <remarks>The loop is the contestant's own, so that no layer of ours costs its users nothing.</remarks>
    Task CallAsync(Caller caller);

    /// <summary>
    /// Streams one way what <see cref="BulkPace.NextAsync"/> gives until that is empty, waits until the server has all
    /// of it and checks the number of bytes.
    /// </summary>
    Task StreamAsync(BulkPace pace) => throw new NotSupportedException();

    /// <summary>Takes items from a stream of the server until <see cref="ItemCount.Take"/> is false.</summary>
    Task ReceiveAsync(ItemCount count) => throw new NotSupportedException();

    /// <summary>
    /// Sends items as fast as they go until <see cref="ItemCount.IsStopping"/>, and takes each of them back.
    /// </summary>
    Task ExchangeAsync(ItemCount count) => throw new NotSupportedException();
}
