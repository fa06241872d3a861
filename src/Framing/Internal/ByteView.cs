using System.Buffers;

namespace NetCore.Framing.Internal;

/// <summary>A span or a sequence: a codec is written once and cannot answer differently for the two.</summary>
internal readonly ref struct ByteView
{
    // In use when the sequence has several segments; else the span holds all.
    private readonly ReadOnlySequence<byte> _sequence;
    private readonly ReadOnlySpan<byte> _span;

    public ByteView(ReadOnlySpan<byte> span)
    {
        _span = span;
        Length = span.Length;
    }

    public ByteView(in ReadOnlySequence<byte> sequence)
    {
        Length = sequence.Length;
        if (sequence.IsSingleSegment)
        {
            _span = sequence.FirstSpan;
        }
        else
        {
            _sequence = sequence;
        }
    }

    public long Length { get; }

    private bool IsSpan => _span.Length == Length;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="start"/> on.</summary>
    public void CopyTo(long start, Span<byte> destination)
    {
        if (IsSpan)
        {
            _span.Slice((int)start, destination.Length).CopyTo(destination);
        }
        else
        {
            _sequence.Slice(start, destination.Length).CopyTo(destination);
        }
    }

    /// <summary>Where the pattern begins within the first <paramref name="limit"/> bytes; -1 if it does not.</summary>
    /// <param name="pattern">At most <see cref="FramingLimits.MaxDelimiterBytes"/>.</param>
    /// <param name="limit">The pattern must end within so many bytes.</param>
    public long IndexOf(ReadOnlySpan<byte> pattern, long limit)
    {
        limit = Math.Min(limit, Length);
        return IsSpan ? _span[..(int)limit].IndexOf(pattern) : IndexInSegments(pattern, limit);
    }

    // Each byte is looked at once in its segment, and again around a border if the pattern may lie across it.
    private long IndexInSegments(ReadOnlySpan<byte> pattern, long limit)
    {
        var overlap = pattern.Length - 1;
        Span<byte> window = stackalloc byte[2 * FramingLimits.MaxDelimiterBytes];
        var carried = 0;
        long passed = 0;
        foreach (var memory in _sequence)
        {
            var span = memory.Span[..(int)Math.Min(memory.Length, limit - passed)];

            // The window is the last bytes before the border and the first ones behind it.
            var ahead = Math.Min(overlap, span.Length);
            span[..ahead].CopyTo(window[carried..]);
            var index = carried == 0 ? -1 : window[..(carried + ahead)].IndexOf(pattern);
            if (index >= 0)
            {
                return passed - carried + index;
            }

            index = span.IndexOf(pattern);
            if (index >= 0)
            {
                return passed + index;
            }

            passed += span.Length;
            if (passed == limit)
            {
                break;
            }

            carried = Carry(span, window, carried, overlap);
        }

        return -1;
    }

    // The last bytes of what has passed, at most as many as the pattern can have before a border.
    private static int Carry(ReadOnlySpan<byte> span, Span<byte> window, int carried, int overlap)
    {
        if (span.Length >= overlap)
        {
            span[^overlap..].CopyTo(window);
            return overlap;
        }

        var all = carried + span.Length;
        var kept = Math.Min(all, overlap);
        window[(all - kept)..all].CopyTo(window);
        return kept;
    }
}
