namespace NetCore.Framing.Internal;

/// <summary>
/// CRC32C a byte at a time from a table, for processors without the instruction; the twin that tests compare.
/// </summary>
internal static class Crc32CTable
{
    // Castagnoli's 0x1EDC6F41 with its bits reversed, since the reflected CRC shifts to the right.
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] Table = MakeTable();

    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var state = ~crc;
        foreach (var value in data)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return ~state;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
