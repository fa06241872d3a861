namespace NetCore.PubSub.Internal;

/// <summary>What a topic has not accepted yet, because a subscription that blocks has no room.</summary>
internal sealed class ParkedBatch(Slice slice, IPublishSource source, PublishTicket ticket)
{
    private Slice _slice = slice;

    public ref Slice Slice => ref _slice;

    public IPublishSource Source { get; } = source;

    public PublishTicket Ticket { get; } = ticket;

    /// <summary>Messages of the batch that were accepted before.</summary>
    public int Accepted { get; set; }
}
