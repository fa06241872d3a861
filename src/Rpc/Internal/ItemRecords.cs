using System.Buffers.Binary;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>Items in a message: each is its length, four bytes, and its bytes.</summary>
internal static class ItemRecords
{
    public const int PrefixBytes = sizeof(int);

    /// <summary>
    /// True when items fill the message. Looked at once, where it arrives: readers trust the lengths then.
    /// </summary>
    public static bool Fill(in IncomingMessage message)
    {
        if (message.Length < PrefixBytes)
        {
            return false;
        }

        if (!message.IsContiguous)
        {
            // One that came in several frames is one item.
            Span<byte> prefix = stackalloc byte[PrefixBytes];
            message.CopyTo(0, prefix);
            return BinaryPrimitives.ReadUInt32LittleEndian(prefix) == (uint)(message.Length - PrefixBytes);
        }

        var rest = message.Span;
        while (rest.Length >= PrefixBytes)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            rest = rest[PrefixBytes..];
            if (length > (uint)rest.Length)
            {
                return false;
            }

            rest = rest[(int)length..];
        }

        return rest.IsEmpty;
    }
}
