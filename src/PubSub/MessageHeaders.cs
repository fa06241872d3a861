using System.Text;
using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>Names and values beside a message's payload. A value; empty by default.</summary>
/// <remarks>
/// Made by <see cref="Create"/> for publishing; of a received message it reads the message's bytes, and is valid as
/// long as these are.
/// </remarks>
public readonly struct MessageHeaders : IEquatable<MessageHeaders>
{
    private readonly ReadOnlyMemory<byte> _encoded;

    internal MessageHeaders(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

    /// <summary>There are none.</summary>
    public bool IsEmpty => _encoded.IsEmpty;

    internal ReadOnlySpan<byte> Encoded => _encoded.Span;

    /// <summary>Encodes headers, once for as many messages as have them.</summary>
    /// <param name="headers">
    /// At most 32, with 4 KiB in all; a name has 1 to 255 bytes of UTF-8. A name may come again.
    /// </param>
    /// <exception cref="ArgumentException">Too many, too long, or an empty name.</exception>
    public static MessageHeaders Create(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var list = new List<byte>();
        var fit = true;
        foreach (var (name, value) in headers)
        {
            fit &= HeaderCodec.TryAppend(list, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        }

        byte[] bytes = [.. list];
        return fit && HeaderCodec.IsValid(bytes)
            ? new MessageHeaders(bytes)
            : throw new ArgumentException(
                $"More than {PubSubLimits.MaxHeaders} headers, more than {PubSubLimits.MaxHeadersBytes} bytes of them, "
                + "or a name that is empty or longer than 255 bytes.",
                nameof(headers));
    }

    /// <summary>The value of the first header of this name as text; null when there is none.</summary>
    public string? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return HeaderCodec.TryFind(Encoded, Encoding.UTF8.GetBytes(name), out var value)
            ? Encoding.UTF8.GetString(value)
            : null;
    }

    /// <summary>The bytes of the value of the first header of this name.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="value">Valid as long as the message.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        HeaderCodec.TryFind(Encoded, name, out value);

    /// <summary>Same names and values in the same order.</summary>
    public bool Equals(MessageHeaders other) => Encoded.SequenceEqual(other.Encoded);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MessageHeaders other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BytesComparer.HashOf(Encoded);

    /// <summary>Same names and values in the same order.</summary>
    public static bool operator ==(MessageHeaders left, MessageHeaders right) => left.Equals(right);

    /// <summary>Other ones.</summary>
    public static bool operator !=(MessageHeaders left, MessageHeaders right) => !left.Equals(right);
}
