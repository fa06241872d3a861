using System.Buffers;

namespace NetCore.Fuzz.Decoders;

/// <summary>A sequence of several segments over memory; the segments are used again and nothing is allocated.</summary>
internal sealed class Pieces
{
    private readonly Segment[] _segments = [.. Enumerable.Range(0, 16).Select(_ => new Segment())];

    /// <summary>
    /// The memory in up to 16 segments of at least <paramref name="size"/> bytes; valid until the next call.
    /// </summary>
    public ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> memory, int size)
    {
        size = Math.Max(size, (memory.Length / _segments.Length) + 1);
        var first = _segments[0];
        var last = first;
        var start = 0;
        for (var i = 0; i == 0 || start < memory.Length; i++)
        {
            var length = Math.Min(size, memory.Length - start);
            _segments[i].Set(memory.Slice(start, length), start, i == 0 ? null : last);
            last = _segments[i];
            start += length;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public void Set(ReadOnlyMemory<byte> memory, int start, Segment? previous)
        {
            Memory = memory;
            RunningIndex = start;
            Next = null;
            if (previous is not null)
            {
                previous.Next = this;
            }
        }
    }
}
