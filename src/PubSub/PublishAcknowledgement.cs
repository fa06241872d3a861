namespace NetCore.PubSub;

/// <summary>What a publisher waits for.</summary>
public enum PublishAcknowledgement
{
    /// <summary>Nothing but room to send: what is refused later is counted.</summary>
    None = 0,

    /// <summary>
    /// That the broker has accepted the message and given it to the queues of all who are subscribed.
    /// </summary>
    Accepted = 1,
}
