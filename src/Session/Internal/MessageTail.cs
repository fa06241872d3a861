using System.Buffers;

namespace NetCore.Session.Internal;

/// <summary>Cuts the parts of a message.</summary>
internal static class MessageTail
{
    /// <summary>Moves what lies behind an offset to the end of another message, or drops it.</summary>
    /// <param name="parts">All parts; those that are moved are cleared.</param>
    /// <param name="offset">Within the bytes of the parts, and not within linked ones.</param>
    /// <param name="destination">Null drops them.</param>
    /// <returns>How many parts are left.</returns>
    public static int Move(Span<MessagePart> parts, int offset, OutgoingMessage? destination)
    {
        var start = 0;
        var kept = 0;
        for (; kept < parts.Length && start + parts[kept].Length <= offset; kept++)
        {
            start += parts[kept].Length;
        }

        var next = kept;
        if (offset > start)
        {
            // Written before the piece is cut, so that nothing is lost when there is no memory.
            destination?.Write(parts[kept].Bytes[(offset - start)..]);
            parts[kept++].Length = offset - start;
            next++;
        }

        for (; next < parts.Length; next++)
        {
            if (destination is null)
            {
                parts[next].Release();
            }
            else
            {
                destination.Link(parts[next]);
            }

            parts[next] = default;
        }

        return kept;
    }
}
