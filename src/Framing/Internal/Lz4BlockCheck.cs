using System.Buffers.Binary;

namespace NetCore.Framing.Internal;

/// <summary>Walks an LZ4 block without decoding it and says whether it is sound.</summary>
/// <remarks>
/// The library's decoder works on pointers and, like most, takes a match offset of 0, which copies what was in the
/// output before: another connection's data. So a block from a peer is proved first, with spans, to read only its
/// own bytes, to copy only from what it has written itself, and to write exactly the declared size. The walk touches
/// the tokens only, about one in ten bytes of a well compressed block.
/// </remarks>
internal static class Lz4BlockCheck
{
    private const int MinMatch = 4;
    private const int LongLength = 15;

    // The end of a block as LZ4 defines it; the library's decoder copies in steps of 8 and refuses what breaks it.
    private const int LastLiterals = 5;
    private const int LastMatchMargin = 12;

    public static bool DecodesTo(ReadOnlySpan<byte> block, int size)
    {
        var position = 0;
        var produced = 0;
        while (position < block.Length)
        {
            var token = block[position++];
            if (!TryReadLength(block, ref position, token >> 4, size, out var literals)
                || literals > block.Length - position
                || literals > size - produced)
            {
                return false;
            }

            position += literals;
            produced += literals;
            if (position == block.Length)
            {
                // The last sequence has literals only; its match nibble says nothing and must be clear.
                return produced == size && (token & 15) == 0;
            }

            if (block.Length - position < sizeof(ushort))
            {
                return false;
            }

            var offset = BinaryPrimitives.ReadUInt16LittleEndian(block[position..]);
            position += sizeof(ushort);
            if (offset == 0 || offset > produced
                || produced > size - LastMatchMargin
                || !TryReadLength(block, ref position, token & 15, size, out var match)
                || match + MinMatch > size - LastLiterals - produced)
            {
                return false;
            }

            produced += match + MinMatch;
        }

        // Ran out after a match: the closing literals are missing.
        return false;
    }

    // A length of 15 goes on in bytes that are added up to and including the first one below 255.
    private static bool TryReadLength(ReadOnlySpan<byte> block, ref int position, int nibble, int limit, out int length)
    {
        length = nibble;
        if (nibble != LongLength)
        {
            return true;
        }

        byte more;
        do
        {
            // The limit also keeps the sum far from overflow.
            if (position == block.Length || length > limit)
            {
                return false;
            }

            more = block[position++];
            length += more;
        }
        while (more == byte.MaxValue);
        return true;
    }
}
