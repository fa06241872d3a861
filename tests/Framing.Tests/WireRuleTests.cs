using System.Buffers.Binary;

namespace NetCore.Framing.Tests;

/// <summary>Rules of docs/wire-format.md that no other test is about.</summary>
public sealed class WireRuleTests
{
    [Fact]
    [Trait("Wire", "W-4 S")]
    public void The_checksum_is_of_header_and_compressed_bytes_as_they_lie_on_the_wire()
    {
        var compressed = new byte[1000];
        Assert.True(FrameEncoder.TryCompress(new byte[1000], compressed, out var length));
        var bytes = Wire.Encode(
            new FrameHeader(
                length, FrameKind.Data, FrameFlags.Compressed | FrameFlags.Checksum, UpperProtocol.User,
                FrameClass.Call, 9),
            compressed.AsSpan(0, length));

        var crc = ~0u;
        foreach (var value in bytes.AsSpan(0, 16 + length))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                // The reflected polynomial 0x1EDC6F41.
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        Assert.Equal(~crc, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(16 + length)));
    }
}
