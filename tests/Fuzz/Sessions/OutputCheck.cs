using System.Runtime.InteropServices;
using NetCore.Framing;

namespace NetCore.Fuzz.Sessions;

/// <summary>What a session said, as a peer would judge it.</summary>
internal static class OutputCheck
{
    /// <summary>Whole frames, the hello first, own numbers that rise, nothing on a stream after its end.</summary>
    public static void Judge(List<byte> output, bool connector)
    {
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(output);
        var ended = new HashSet<ulong>();
        ulong last = 0;
        for (var isFirst = true; !rest.IsEmpty; isFirst = false)
        {
            var status = FrameDecoder.TryRead(rest, out var frame, out var consumed);
            BrokenLawException.Unless(status == FrameStatus.Complete);
            var header = frame.Header;
            BrokenLawException.Unless((header.Kind == FrameKind.Hello) == isFirst);
            if (header.Kind == FrameKind.Open)
            {
                BrokenLawException.Unless(header.StreamId > last && header.StreamId % 2 == (connector ? 1u : 0u));
                last = header.StreamId;
            }

            if (header.Kind is FrameKind.Open or FrameKind.Data)
            {
                BrokenLawException.Unless(!ended.Contains(header.StreamId));
            }

            if (header.Kind == FrameKind.Reset || (header.Flags & FrameFlags.End) != 0)
            {
                ended.Add(header.StreamId);
            }

            rest = rest[consumed..];
        }
    }
}
