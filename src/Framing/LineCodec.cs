using System.Buffers;

namespace NetCore.Framing;

/// <summary>Lines that end in LF; a CR before it belongs to the end. Writes LF. Immutable and thread-safe.</summary>
/// <remarks>
/// It keeps no place between calls, so a line that arrives in pieces is looked through once per piece; the longest line
/// bounds that work, see <see cref="LineCodecOptions.MaxLength"/>.
/// </remarks>
public sealed class LineCodec
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const int EndBytes = 2;

    private readonly int _maxLength;

    /// <summary>Makes a codec.</summary>
    /// <param name="options">Null for the defaults.</param>
    public LineCodec(LineCodecOptions? options = null) => _maxLength = (options ?? new LineCodecOptions()).MaxLength;

    /// <summary>Takes one line from the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">
    /// What has arrived; on Complete it starts behind the line's end, else it is unchanged.
    /// </param>
    /// <param name="message">On Complete, the line, in place and without its end; else empty.</param>
    public DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;

        // An allowed line with its end lies within this many bytes, so nothing behind them is looked at.
        var window = buffer.Length <= _maxLength + EndBytes ? buffer : buffer.Slice(0, _maxLength + EndBytes);
        if (window.PositionOf(Lf) is not { } end)
        {
            return window.Length < _maxLength + EndBytes ? DecodeStatus.NeedMore : DecodeStatus.TooLarge;
        }

        var line = buffer.Slice(0, end);
        if (line.Length > 0 && LastByte(line) == Cr)
        {
            line = line.Slice(0, line.Length - 1);
        }

        if (line.Length > _maxLength)
        {
            return DecodeStatus.TooLarge;
        }

        message = line;
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return DecodeStatus.Complete;
    }

    /// <summary>Writes the line and an LF.</summary>
    /// <exception cref="ArgumentException">
    /// The line holds an LF, ends in a CR (which a reader would take for a part of the end), or is too long.
    /// </exception>
    public void Encode(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (message.Contains(Lf) || (message.Length > 0 && message[^1] == Cr))
        {
            throw new ArgumentException("A line must not hold LF nor end in CR.", nameof(message));
        }

        if (message.Length > _maxLength)
        {
            throw new ArgumentException($"A line of {message.Length} bytes is over the limit of {_maxLength}.",
                nameof(message));
        }

        output.Write(message);
        output.Write([Lf]);
    }

    private static byte LastByte(in ReadOnlySequence<byte> sequence)
    {
        if (sequence.IsSingleSegment)
        {
            return sequence.FirstSpan[^1];
        }

        byte last = 0;
        foreach (var memory in sequence.Slice(sequence.Length - 1))
        {
            if (!memory.IsEmpty)
            {
                last = memory.Span[^1];
            }
        }

        return last;
    }
}
