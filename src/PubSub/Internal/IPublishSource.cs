namespace NetCore.PubSub.Internal;

/// <summary>Where published messages come from: a peer's stream, or a publisher in this process.</summary>
/// <remarks>Called under the lock of a topic: notes what is to be told, and tells it when flushed.</remarks>
internal interface IPublishSource : IFlushable
{
    /// <summary>A part of a batch has been given to the queues, or refused.</summary>
    /// <param name="ticket">Of the batch.</param>
    /// <param name="accepted">Messages of it that were accepted, when this is the last part; else negative.</param>
    /// <param name="refused">Messages of it that were refused.</param>
    /// <param name="code">Why.</param>
    void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code);
}
