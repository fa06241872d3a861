using System.Buffers;
using NetCore.Testing.Shared;

namespace NetCore.Framing.Tests;

/// <summary>Sequences of many segments.</summary>
internal static class Split
{
    /// <summary>The bytes in random segments, some of them empty.</summary>
    public static ReadOnlySequence<byte> Randomly(ReadOnlyMemory<byte> bytes, SeededRandomSource random)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, null);
        var last = first;
        while (bytes.Length > 0)
        {
            var length = Math.Min(bytes.Length, random.Next(5));
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
