using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>A subscription whose messages are enumerated.</summary>
/// <remarks>
/// Messages wait, within its window, until they are asked for. One enumeration at a time; the next one goes on where
/// it was left. When the subscription ends otherwise than by <see cref="Subscription.DisposeAsync"/> the enumeration
/// throws the reason, after all messages that have arrived.
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public sealed class Subscription<T> : Subscription, IAsyncEnumerable<Message<T>>
{
    internal Subscription(
        ClientStream stream, uint id, TopicPattern pattern, SubscriptionOptions options, IMessageFormat<T> format)
        : base(stream, id, pattern, options) => Reader = new MessageReader<T>(this, stream, format);

    internal MessageReader<T> Reader { get; }

    /// <summary>Enumerates the messages.</summary>
    /// <param name="cancellationToken">Ends the wait for the next one.</param>
    /// <exception cref="InvalidOperationException">It is being enumerated already.</exception>
    public IAsyncEnumerator<Message<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Reader.Begin(cancellationToken);

    internal override void OnDeliver(in Delivery delivery, in ReceivedRecords records) =>
        Reader.Add(in delivery, in records);

    internal override void OnGap(Gap gap) => Reader.Add(gap);

    internal void OnTaken(in Delivery delivery) => Count(in delivery);

    internal void OnTaken(Gap gap)
    {
        Count(gap);
        OnHandled(gap);
    }

    internal void OnRead(string topic, ulong sequence) => OnHandled(topic, sequence);

    internal void OnFinished(int records) => Grant(records);

    private protected override void OnOver(PubSubException? reason) => Reader.End(reason);

    private protected override void Drop() => Reader.Drop();
}
