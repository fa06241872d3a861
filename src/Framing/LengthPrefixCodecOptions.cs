namespace NetCore.Framing;

/// <summary>How a <see cref="LengthPrefixCodec"/> reads and writes.</summary>
/// <remarks>
/// A frame has offset + prefix + (length in the prefix) + adjustment bytes, less the prefix if it counts itself.
/// </remarks>
public sealed record LengthPrefixCodecOptions
{
    private readonly ByteOrder _order = ByteOrder.BigEndian;
    private readonly int _prefixBytes = sizeof(uint);
    private readonly int _offset;
    private readonly int _adjustment;
    private readonly int _maxLength = FramingLimits.DefaultLengthPrefixMessage;

    /// <summary>Byte order of the prefix. Default: big endian.</summary>
    public ByteOrder Order
    {
        get => _order;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)ByteOrder.LittleEndian);
            _order = value;
        }
    }

    /// <summary>Bytes of the prefix: 1, 2 or 4. Default: 4.</summary>
    public int PrefixBytes
    {
        get => _prefixBytes;
        init
        {
            if (value is not (1 or 2 or 4))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "A prefix has 1, 2 or 4 bytes.");
            }

            _prefixBytes = value;
        }
    }

    /// <summary>Whether the number in the prefix counts the prefix itself. Default: false.</summary>
    public bool CountsPrefix { get; init; }

    /// <summary>
    /// Bytes of the frame before the prefix, 0 to <see cref="FramingLimits.MaxLengthOffset"/>. Default: 0. Above 0 a
    /// message is the whole frame, because what stands before the prefix belongs to what was said; the writer fills the
    /// prefix in, whatever the message holds in its place.
    /// </summary>
    public int Offset
    {
        get => _offset;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, FramingLimits.MaxLengthOffset);
            _offset = value;
        }
    }

    /// <summary>
    /// Added to the number in the prefix to give the bytes behind the prefix: above 0 when it leaves some of them out,
    /// below 0 when it counts what stands before them. At most <see cref="FramingLimits.MaxLengthAdjustment"/> either
    /// way. Default: 0.
    /// </summary>
    public int Adjustment
    {
        get => _adjustment;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, -FramingLimits.MaxLengthAdjustment);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, FramingLimits.MaxLengthAdjustment);
            _adjustment = value;
        }
    }

    /// <summary>
    /// Longest message in bytes, 1 to <see cref="FramingLimits.MaxCodecMessage"/>; without the prefix, but with an
    /// offset the whole frame. Default: <see cref="FramingLimits.DefaultLengthPrefixMessage"/>.
    /// </summary>
    public int MaxLength
    {
        get => _maxLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, FramingLimits.MaxCodecMessage);
            _maxLength = value;
        }
    }
}
