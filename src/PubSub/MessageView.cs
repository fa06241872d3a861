using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>
/// What an inline handler gets: a message in the received bytes, or in its place the news that messages are missing.
/// </summary>
/// <remarks>Everything in it is lent until the handler returns.</remarks>
public readonly ref struct MessageView
{
    private readonly ReadOnlySpan<byte> _headers;

    internal MessageView(string topic, in Record record, in MessageOrigin origin)
    {
        Topic = topic;
        Payload = record.Payload;
        Key = record.Key;
        _headers = record.Headers;
        Sequence = origin.Sequence;
        Epoch = origin.Epoch;
        Timestamp = origin.Timestamp;
        IsSnapshot = origin.IsSnapshot;
    }

    internal MessageView(Gap gap, ulong epoch)
    {
        Topic = gap.Topic ?? "";
        Gap = gap;
        Epoch = epoch;
    }

    /// <summary>The news that messages are missing; null when this is a message.</summary>
    public Gap? Gap { get; }

    /// <summary>The topic; empty for a gap of several topics.</summary>
    public string Topic { get; }

    /// <summary>The bytes of the message; none for a gap.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The key that its publisher gave; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>When its publisher began the batch it came in, by the publisher's clock.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Its number among the messages of its topic, in this epoch.</summary>
    public ulong Sequence { get; }

    /// <summary>Names the life of the broker in which the number holds.</summary>
    public ulong Epoch { get; }

    /// <summary>It is a last value from before the subscription, which comes before the live ones.</summary>
    public bool IsSnapshot { get; }

    /// <summary>The bytes of the value of the first header of this name.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="value">The value.</param>
    public bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        HeaderCodec.TryFind(_headers, name, out value);
}
