using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>
/// Messages behind a length of 7 bits a byte, lowest first, whose last byte has its top bit clear (LEB128, as protobuf
/// and MQTT write it).
/// </summary>
/// <remarks>
/// A length has one spelling: one with needless bytes, or beyond 32 bits, is <see cref="DecodeStatus.Malformed"/>.
/// Immutable and thread-safe.
/// </remarks>
public sealed class VarintPrefixCodec : BytesCodec
{
    private const int MaxBytes = 5;
    private const int BitsPerByte = 7;
    private const byte GoesOn = 0x80;

    /// <summary>Makes a codec.</summary>
    /// <param name="maxLength">
    /// Longest message in bytes, without its prefix: 1 to <see cref="FramingLimits.MaxCodecMessage"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The longest message is outside its range.</exception>
    public VarintPrefixCodec(int maxLength = FramingLimits.DefaultLengthPrefixMessage)
        : base((0, CodecLength.Checked(maxLength)))
    {
    }

    private protected override DecodeStatus Find(in ByteView buffer, out FrameExtent extent)
    {
        extent = default;
        var status = ReadLength(buffer, out var head, out var length);
        if (status != DecodeStatus.Complete)
        {
            return status;
        }

        if (length > (uint)MaxLength)
        {
            return DecodeStatus.TooLarge;
        }

        if (buffer.Length - head < length)
        {
            return DecodeStatus.NeedMore;
        }

        extent = new FrameExtent(head, (int)length, head + (int)length);
        return DecodeStatus.Complete;
    }

    private protected override int HeadLength(int messageLength)
    {
        var bytes = 1;
        while ((messageLength >>= BitsPerByte) > 0)
        {
            bytes++;
        }

        return bytes;
    }

    private protected override void WriteHead(in ByteView message, Span<byte> head)
    {
        var rest = (uint)message.Length;
        for (var i = 0; i < head.Length; i++)
        {
            head[i] = (byte)(rest | GoesOn);
            rest >>= BitsPerByte;
        }

        head[^1] &= GoesOn - 1;
    }

    private static DecodeStatus ReadLength(in ByteView buffer, out int head, out uint length)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes = bytes[..(int)Math.Min(MaxBytes, buffer.Length)];
        buffer.CopyTo(0, bytes);
        ulong value = 0;
        length = 0;
        for (head = 0; head < bytes.Length;)
        {
            var next = bytes[head];
            value |= (ulong)(next & (GoesOn - 1)) << (BitsPerByte * head++);
            if (next < GoesOn)
            {
                length = (uint)value;
                var isSound = value <= uint.MaxValue && (next != 0 || head == 1);
                return isSound ? DecodeStatus.Complete : DecodeStatus.Malformed;
            }
        }

        return bytes.Length < MaxBytes ? DecodeStatus.NeedMore : DecodeStatus.Malformed;
    }
}
