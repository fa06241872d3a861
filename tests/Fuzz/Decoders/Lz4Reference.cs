using System.Buffers.Binary;

namespace NetCore.Fuzz.Decoders;

/// <summary>Rules W-10 to W-14 of docs/wire-format.md, byte by byte: slow, and easy to hold against the text.</summary>
internal static class Lz4Reference
{
    private const int Most = 16_384;

    public static bool TryDecode(ReadOnlySpan<byte> payload, Span<byte> output, out int length)
    {
        length = 0;
        if (payload.Length <= sizeof(uint))
        {
            return false;
        }

        long declared = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        var block = payload[sizeof(uint)..];
        if (declared is 0 or > Most || declared > (255L * block.Length) + 64)
        {
            return false;
        }

        var at = 0;
        while (at < block.Length)
        {
            var token = block[at++];
            if (!TryTakeLength(block, ref at, token >> 4, out var literals)
                || literals > block.Length - at || literals > declared - length)
            {
                return false;
            }

            for (; literals > 0; literals--)
            {
                output[length++] = block[at++];
            }

            if (at == block.Length)
            {
                return length == declared && (token & 15) == 0;
            }

            if (block.Length - at < 2)
            {
                return false;
            }

            var offset = block[at] | (block[at + 1] << 8);
            at += 2;
            if (!TryTakeLength(block, ref at, token & 15, out var match)
                || offset == 0 || offset > length || length + 12 > declared || length + match + 4 > declared - 5)
            {
                return false;
            }

            for (match += 4; match > 0; match--, length++)
            {
                output[length] = output[length - offset];
            }
        }

        return false;
    }

    private static bool TryTakeLength(ReadOnlySpan<byte> block, ref int at, int nibble, out long length)
    {
        length = nibble;
        for (var more = nibble == 15 ? 255 : 0; more == 255; length += more)
        {
            if (at == block.Length)
            {
                return false;
            }

            more = block[at++];
        }

        return true;
    }
}
