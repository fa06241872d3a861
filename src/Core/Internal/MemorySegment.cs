using System.Buffers;

namespace NetCore.Core.Internal;

/// <summary>Chains leases to a sequence.</summary>
internal sealed class MemorySegment : ReadOnlySequenceSegment<byte>
{
    private MemorySegment(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    public static ReadOnlySequence<byte> Chain(Lease[] pieces)
    {
        if (pieces.Length == 0)
        {
            return default;
        }

        var first = new MemorySegment(pieces[0].Memory, 0);
        var last = first;
        for (var i = 1; i < pieces.Length; i++)
        {
            var next = new MemorySegment(pieces[i].Memory, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
