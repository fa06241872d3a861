using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>Messages of one size, with nothing between them. Immutable and thread-safe.</summary>
public sealed class FixedSizeCodec : BytesCodec
{
    /// <summary>Makes a codec.</summary>
    /// <param name="size">Bytes of each message: 1 to <see cref="FramingLimits.MaxCodecMessage"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside its range.</exception>
    public FixedSizeCodec(int size)
        : base((CodecLength.Checked(size), size))
    {
    }

    private protected override DecodeStatus Find(in ByteView buffer, out FrameExtent extent)
    {
        extent = new FrameExtent(0, MaxLength, MaxLength);
        return buffer.Length < MaxLength ? DecodeStatus.NeedMore : DecodeStatus.Complete;
    }
}
