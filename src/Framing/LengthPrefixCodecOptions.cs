namespace NetCore.Framing;

/// <summary>How a <see cref="LengthPrefixCodec"/> reads and writes.</summary>
public sealed record LengthPrefixCodecOptions
{
    private readonly ByteOrder _order = ByteOrder.BigEndian;
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

    /// <summary>
    /// Longest message in bytes, without the prefix; at least 1.
    /// Default: <see cref="FramingLimits.DefaultLengthPrefixMessage"/>.
    /// </summary>
    public int MaxLength
    {
        get => _maxLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxLength = value;
        }
    }
}
