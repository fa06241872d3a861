using System.Text;
using FsCheck.Xunit;
using NetCore.Framing.Internal;

namespace NetCore.Framing.Tests;

public sealed class Crc32CTests
{
    public static TheoryData<byte[], uint> PublishedVectors() => new()
    {
        { [], 0 },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },

        // RFC 3720, appendix B.4.
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(static i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(static i => (byte)(31 - i))], 0x113FDB5C },
    };

    [Theory]
    [MemberData(nameof(PublishedVectors))]
    public void The_published_vectors_come_out(byte[] data, uint expected)
    {
        Assert.Equal(expected, Crc32C.Compute(data));
        Assert.Equal(expected, Crc32CTable.Append(0, data));
    }

    [Property(MaxTest = 300)]
    public void The_instruction_and_the_table_agree(uint crc, byte[] data) =>
        Assert.Equal(Crc32CTable.Append(crc, data), Crc32C.Append(crc, data));

    [Property(MaxTest = 300)]
    public void Appending_the_parts_is_computing_the_whole(byte[] first, byte[] second) =>
        Assert.Equal(Crc32C.Compute([.. first, .. second]), Crc32C.Append(Crc32C.Compute(first), second));
}
