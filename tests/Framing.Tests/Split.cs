using System.Buffers;

namespace NetCore.Framing.Tests;

/// <summary>Sequences of many segments.</summary>
internal static class Split
{
    /// <summary>The bytes in segments of up to four, some of them empty.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="next">Chooses a number below another.</param>
    public static ReadOnlySequence<byte> By(ReadOnlyMemory<byte> bytes, Func<int, int> next)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, null);
        var last = first;
        while (bytes.Length > 0)
        {
            // Never two empty ones in a row, or a source of zeros would not come to an end.
            var length = Math.Min(bytes.Length, Math.Max(next(5), last.Memory.IsEmpty ? 1 : 0));
            last = new Segment(bytes[..length], last);
            bytes = bytes[length..];
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
