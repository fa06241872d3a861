using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>One system call that sends what a buffer holds, or a part of it.</summary>
internal static class DirectSend
{
    public static unsafe SyscallResult Try(ISystemCalls calls, int descriptor, SendBuffer buffer)
    {
        if (buffer.SegmentCount == 1)
        {
            return calls.Send(descriptor, buffer.GetSegment(0));
        }

        // The blocks of a batch are pinned for their life.
        var vectors = stackalloc IoVector[TransportLimits.MaxSendSegments];
        for (var i = 0; i < buffer.SegmentCount; i++)
        {
            var segment = buffer.GetSegment(i);
            fixed (byte* bytes = segment.Array)
            {
                vectors[i] = new IoVector { Base = bytes + segment.Offset, Length = (nuint)segment.Count };
            }
        }

        return calls.Send(descriptor, new ReadOnlySpan<IoVector>(vectors, buffer.SegmentCount));
    }
}
