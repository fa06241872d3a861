namespace NetCore.PubSub.Internal;

/// <summary>What a topic has not accepted yet, because a subscription that blocks has no room.</summary>
internal sealed class ParkedBatch
{
    private Slice _slice;

    public ref Slice Slice => ref _slice;

    public IPublishSource Source { get; set; } = null!;

    public PublishTicket Ticket { get; set; }

    /// <summary>Messages of the batch that were accepted before.</summary>
    public int Accepted { get; set; }
}
