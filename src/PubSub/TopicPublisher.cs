using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>Publishes bytes to one topic. Thread-safe; what one thread publishes keeps its order.</summary>
/// <remarks>
/// After a pause a message is sent at once by the thread that publishes it; those that follow closely go together.
/// Nothing needs to be flushed. Bytes are copied before a call returns.
/// </remarks>
public sealed class TopicPublisher
{
    private readonly Outbox _outbox;

    internal TopicPublisher(Outbox outbox, TopicName topic, PublisherOptions options)
    {
        _outbox = outbox;
        Topic = topic;
        WantsAcknowledgement = options.Acknowledgement == PublishAcknowledgement.Accepted;
        TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
    }

    /// <summary>Where to.</summary>
    public TopicName Topic { get; }

    /// <summary>
    /// Messages of this client (or of this publisher of a broker) that the broker has refused so far.
    /// </summary>
    public long Refused => _outbox.Refused;

    internal bool WantsAcknowledgement { get; }

    internal int TimeoutMilliseconds { get; }

    /// <summary>Publishes if there is room now, without waiting for anything.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="key">For <see cref="OverflowRule.Conflate"/> and last values; at most 255 bytes.</param>
    /// <param name="headers">See <see cref="MessageHeaders.Create"/>.</param>
    /// <returns>
    /// False when <see cref="PubSubLimits.PublishWindowBytes"/> are outstanding, or others wait for room.
    /// </returns>
    /// <exception cref="PubSubException">Too large, or the client is closed.</exception>
    public bool TryPublish(
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key = default, MessageHeaders headers = default) =>
        _outbox.TryPublish(this, payload, key, headers.Encoded);

    /// <summary>Publishes; waits for room, and for the acknowledgement if the options want one.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="key">For <see cref="OverflowRule.Conflate"/> and last values; at most 255 bytes.</param>
    /// <param name="headers">See <see cref="MessageHeaders.Create"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Whether the message is published then is not known. One that can be cancelled costs an
    /// allocation.
    /// </param>
    /// <returns>Complete at once, without a task, unless it has to wait.</returns>
    /// <exception cref="PubSubException">
    /// Refused, not taken in time, too large, or the client is closed.
    /// </exception>
    public ValueTask PublishAsync(
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key = default,
        MessageHeaders headers = default,
        CancellationToken cancellationToken = default) =>
        _outbox.PublishAsync(this, payload, key, headers.Encoded, cancellationToken);

    /// <summary>Sends at once what waits for its batch to fill, of all publishers of the client.</summary>
    public void Flush() => _outbox.Flush();
}
