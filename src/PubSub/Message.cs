using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>What a subscription yields: a message, or in its place the news that messages are missing.</summary>
/// <remarks>
/// Key, headers and a value of bytes are lent: valid until the next message is asked for. Look at <see cref="Gap"/>
/// first.
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public readonly struct Message<T> : IEquatable<Message<T>>
{
    private readonly T _value;
    private readonly string? _topic;

    internal Message(
        string topic, T value, ReadOnlyMemory<byte> key, MessageHeaders headers, in MessageOrigin origin)
    {
        _topic = topic;
        _value = value;
        Key = key;
        Headers = headers;
        Sequence = origin.Sequence;
        Epoch = origin.Epoch;
        Timestamp = origin.Timestamp;
        IsSnapshot = origin.IsSnapshot;
    }

    internal Message(Gap gap, ulong epoch)
    {
        Gap = gap;
        Epoch = epoch;
        _value = default!;
    }

    /// <summary>The news that messages are missing; null when this is a message.</summary>
    public Gap? Gap { get; }

    /// <summary>The topic. Not of a gap, which may be of several.</summary>
    public string Topic => _topic ?? throw Misuse();

    /// <summary>The value. Not of a gap.</summary>
    /// <exception cref="InvalidOperationException">This is a gap.</exception>
    public T Value => Gap is null ? _value : throw Misuse();

    /// <summary>The key that its publisher gave; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The headers that its publisher gave.</summary>
    public MessageHeaders Headers { get; }

    /// <summary>When its publisher began the batch it came in, by the publisher's clock.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Its number among the messages of its topic, in this epoch.</summary>
    public ulong Sequence { get; }

    /// <summary>Names the life of the broker in which the number holds.</summary>
    public ulong Epoch { get; }

    /// <summary>It is a last value from before the subscription, which comes before the live ones.</summary>
    public bool IsSnapshot { get; }

    /// <summary>Same message of the same broker.</summary>
    public bool Equals(Message<T> other) =>
        _topic == other._topic && Sequence == other.Sequence && Epoch == other.Epoch && Gap == other.Gap;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Message<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_topic, Sequence, Epoch, Gap);

    /// <summary>Same message of the same broker.</summary>
    public static bool operator ==(Message<T> left, Message<T> right) => left.Equals(right);

    /// <summary>Another message.</summary>
    public static bool operator !=(Message<T> left, Message<T> right) => !left.Equals(right);

    private static InvalidOperationException Misuse() =>
        new("This is no message but a gap: look at Gap before Topic and Value.");
}
