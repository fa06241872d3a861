namespace NetCore.Framing;

/// <summary>How a <see cref="LineCodec"/> reads and writes.</summary>
public sealed record LineCodecOptions
{
    private readonly int _maxLength = FramingLimits.DefaultLine;

    /// <summary>
    /// Longest line in bytes, without its end; 1 to <see cref="FramingLimits.MaxCodecMessage"/>.
    /// Default: <see cref="FramingLimits.DefaultLine"/>.
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

    /// <summary>Whether lines are written with CR LF and not LF; read are both in any case. Default: false.</summary>
    public bool WritesCrLf { get; init; }
}
