using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>Lines that end in LF; a CR before it belongs to the end. Immutable and thread-safe.</summary>
/// <remarks>
/// It writes LF, or CR LF by its options. It keeps no place between calls, so a line that arrives in pieces is looked
/// through once per piece; the longest line bounds that work, see <see cref="LineCodecOptions.MaxLength"/>.
/// </remarks>
public sealed class LineCodec : BytesCodec
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const int EndBytes = 2;

    private readonly bool _writesCrLf;

    /// <summary>Makes a codec.</summary>
    /// <param name="options">Null for the defaults.</param>
    public LineCodec(LineCodecOptions? options = null)
        : base((0, (options ?? new LineCodecOptions()).MaxLength)) =>
        _writesCrLf = options?.WritesCrLf ?? false;

    private protected override ReadOnlySpan<byte> Tail => _writesCrLf ? "\r\n"u8 : "\n"u8;

    private protected override DecodeStatus Find(in ByteView buffer, out FrameExtent extent)
    {
        extent = default;

        // An allowed line with its end lies within this many bytes, so nothing behind them is looked at.
        var window = MaxLength + EndBytes;
        var end = (int)buffer.IndexOf([Lf], window);
        if (end < 0)
        {
            return buffer.Length < window ? DecodeStatus.NeedMore : DecodeStatus.TooLarge;
        }

        var length = EndsInCr(buffer, end) ? end - 1 : end;
        if (length > MaxLength)
        {
            return DecodeStatus.TooLarge;
        }

        extent = new FrameExtent(0, length, end + 1);
        return DecodeStatus.Complete;
    }

    // A reader would take a CR at the end of the line for a part of the line's end, unless another one follows it.
    private protected override bool CanCarry(in ByteView message) =>
        message.IndexOf([Lf], message.Length) < 0 && (_writesCrLf || !EndsInCr(message, (int)message.Length));

    private static bool EndsInCr(in ByteView bytes, int end)
    {
        if (end == 0)
        {
            return false;
        }

        Span<byte> last = stackalloc byte[1];
        bytes.CopyTo(end - 1, last);
        return last[0] == Cr;
    }
}
