using System.Buffers.Binary;
using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>
/// Messages behind a length of 1, 2 or 4 bytes, at the front of the frame or behind a header of the protocol's own.
/// </summary>
/// <remarks>
/// By default four bytes, big endian, that do not count themselves. With an offset a message is the whole frame, see
/// <see cref="LengthPrefixCodecOptions.Offset"/>. A length that leaves less than nothing for the rest of its frame is
/// <see cref="DecodeStatus.Malformed"/>. Immutable and thread-safe.
/// </remarks>
public sealed class LengthPrefixCodec : BytesCodec
{
    private readonly int _offset;
    private readonly int _prefixBytes;
    private readonly bool _bigEndian;

    // Of the bytes behind the prefix, less the number in it.
    private readonly int _correction;

    /// <summary>Makes a codec.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">No message at all obeys these options.</exception>
    public LengthPrefixCodec(LengthPrefixCodecOptions? options = null)
        : base(LengthsOf(options ??= new LengthPrefixCodecOptions()))
    {
        _offset = options.Offset;
        _prefixBytes = options.PrefixBytes;
        _bigEndian = options.Order == ByteOrder.BigEndian;
        _correction = Correction(options);
    }

    // With an offset, the header that the message holds and the prefix in it.
    private protected override int SkippedBytes => _offset == 0 ? 0 : _offset + _prefixBytes;

    private protected override DecodeStatus Find(in ByteView buffer, out FrameExtent extent)
    {
        extent = default;
        var head = _offset + _prefixBytes;
        if (buffer.Length < head)
        {
            return DecodeStatus.NeedMore;
        }

        var rest = ReadPrefix(buffer) + _correction;
        if (rest < 0)
        {
            return DecodeStatus.Malformed;
        }

        if (SkippedBytes + rest > MaxLength)
        {
            return DecodeStatus.TooLarge;
        }

        if (buffer.Length - head < rest)
        {
            return DecodeStatus.NeedMore;
        }

        var start = head - SkippedBytes;
        extent = new FrameExtent(start, SkippedBytes + (int)rest, head + (int)rest);
        return DecodeStatus.Complete;
    }

    private protected override int HeadLength(int messageLength) => _offset + _prefixBytes;

    private protected override void WriteHead(in ByteView message, Span<byte> head)
    {
        message.CopyTo(0, head[..(SkippedBytes == 0 ? 0 : _offset)]);
        var value = (uint)(message.Length - SkippedBytes - _correction);
        var prefix = head[_offset..];
        for (var i = 0; i < _prefixBytes; i++)
        {
            prefix[_bigEndian ? _prefixBytes - 1 - i : i] = (byte)(value >> (8 * i));
        }
    }

    private static int Correction(LengthPrefixCodecOptions options) =>
        options.Adjustment - (options.CountsPrefix ? options.PrefixBytes : 0);

    // What the prefix can say and the options allow.
    private static (int Shortest, int Longest) LengthsOf(LengthPrefixCodecOptions options)
    {
        var skipped = options.Offset == 0 ? 0 : options.Offset + options.PrefixBytes;
        var shortest = skipped + Math.Max(0, Correction(options));
        var highest = uint.MaxValue >> (32 - (8 * options.PrefixBytes));
        var longest = Math.Min(options.MaxLength, skipped + highest + (long)Correction(options));
        return longest >= shortest
            ? (shortest, (int)longest)
            : throw new ArgumentException(
                $"No message fits: the shortest has {shortest} bytes, the longest {longest}.", nameof(options));
    }

    private long ReadPrefix(in ByteView buffer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        if (_bigEndian)
        {
            buffer.CopyTo(_offset, bytes[^_prefixBytes..]);
            return BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        buffer.CopyTo(_offset, bytes[.._prefixBytes]);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
