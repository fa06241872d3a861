using System.Buffers;

namespace NetCore.PubSub;

/// <summary>Publishes values of one type to one topic. Thread-safe.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class TopicPublisher<T>
{
    private readonly IMessageFormat<T> _format;
    private ArrayBufferWriter<byte>? _buffer;

    /// <summary>Publishes through <paramref name="publisher"/>.</summary>
    /// <param name="publisher">Takes the bytes.</param>
    /// <param name="format">How values are written.</param>
    public TopicPublisher(TopicPublisher publisher, IMessageFormat<T> format)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ArgumentNullException.ThrowIfNull(format);
        Raw = publisher;
        _format = format;
    }

    /// <summary>The publisher of bytes below.</summary>
    public TopicPublisher Raw { get; }

    /// <summary>See <see cref="TopicPublisher.TryPublish"/>.</summary>
    public bool TryPublish(T value, ReadOnlySpan<byte> key = default, MessageHeaders headers = default)
    {
        var buffer = Write(value);
        try
        {
            return Raw.TryPublish(buffer.WrittenSpan, key, headers);
        }
        finally
        {
            Volatile.Write(ref _buffer, buffer);
        }
    }

    /// <summary>See <see cref="TopicPublisher.PublishAsync"/>.</summary>
    public ValueTask PublishAsync(
        T value,
        ReadOnlySpan<byte> key = default,
        MessageHeaders headers = default,
        CancellationToken cancellationToken = default)
    {
        var buffer = Write(value);
        try
        {
            return Raw.PublishAsync(buffer.WrittenSpan, key, headers, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _buffer, buffer);
        }
    }

    // One buffer is kept; threads that meet have one each for the time.
    private ArrayBufferWriter<byte> Write(T value)
    {
        var buffer = Interlocked.Exchange(ref _buffer, null) ?? new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        _format.Write(value, buffer);
        return buffer;
    }
}
