namespace NetCore.Framing;

/// <summary>How a <see cref="LineCodec"/> reads and writes.</summary>
public sealed record LineCodecOptions
{
    private readonly int _maxLength = FramingLimits.DefaultLine;

    /// <summary>
    /// Longest line in bytes, without its end; at least 1 and at most <see cref="Array.MaxLength"/> - 2.
    /// Default: <see cref="FramingLimits.DefaultLine"/>.
    /// </summary>
    public int MaxLength
    {
        get => _maxLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength - 2);
            _maxLength = value;
        }
    }
}
