using System.Buffers.Binary;
using FsCheck.Xunit;

namespace NetCore.Framing.Tests;

/// <summary>Compressed payloads beside the LZ4 of its author, and what its description gives as examples.</summary>
public sealed class Lz4Tests
{
    [Property(MaxTest = 300, EndSize = 300)]
    public void The_library_decodes_what_is_compressed_here(byte[] text, byte[] size)
    {
        Lz4Library.SkipUnlessThere();
        var plain = Plain(text, size);
        var payload = new byte[plain.Length];
        if (FrameEncoder.TryCompress(plain, payload, out var length))
        {
            var block = payload.AsSpan(FramingLimits.CompressionHeaderBytes..length);
            Assert.Equal(plain, Lz4Library.Decompress(block, plain.Length));
        }
    }

    [Property(MaxTest = 300, EndSize = 300)]
    public void What_the_library_compresses_is_decoded_here(byte[] text, byte[] size, byte level)
    {
        Lz4Library.SkipUnlessThere();
        var plain = Plain(text, size);
        var block = Lz4Library.Compress(plain, level % 13);
        if (block.Length <= FramingLimits.MaxPayloadBytes - FramingLimits.CompressionHeaderBytes)
        {
            Assert.Equal(plain, Decompress(block, plain.Length));
        }
    }

    [Property(MaxTest = 500)]
    public void Of_a_damaged_block_the_library_says_the_same_where_it_is_taken_here(
        byte[] text, byte[] size, byte[] damage)
    {
        Lz4Library.SkipUnlessThere();
        var choices = new Choices(damage);
        var plain = Plain(text, size);
        var block = Lz4Library.Compress(plain, choices.Next(13));
        for (var flips = 1 + choices.Next(3); flips > 0; flips--)
        {
            block[choices.Next(block.Length)] ^= (byte)(1 << choices.Next(8));
        }

        if (Decompress(block, plain.Length) is { } decoded)
        {
            Assert.Equal(Lz4Library.Decompress(block, plain.Length), decoded);
        }
    }

    // The three examples of lengths in lz4_Block_format.md of https://github.com/lz4/lz4, as runs of literals.
    [Theory]
    [InlineData(48, new byte[] { 0xF0, 33 })]
    [InlineData(280, new byte[] { 0xF0, 255, 10 })]
    [InlineData(15, new byte[] { 0xF0, 0 })]
    public void The_published_examples_of_lengths_come_out(int length, byte[] head)
    {
        byte[] literals = [.. Enumerable.Range(1, length).Select(static value => (byte)value)];
        Assert.Equal(literals, Decompress([.. head, .. literals], length));
        Assert.Null(Decompress([.. head, .. literals[1..]], length));
        Assert.Null(Decompress([.. head, .. literals[1..]], length - 1));
    }

    private static byte[] Plain(byte[] text, byte[] size) =>
        Wire.Compressible(new Choices(text), 1 + new Choices(size).Next(FramingLimits.MaxPayloadBytes));

    private static byte[]? Decompress(byte[] block, int declared)
    {
        byte[] payload = [0, 0, 0, 0, .. block];
        BinaryPrimitives.WriteInt32LittleEndian(payload, declared);
        var header = new FrameHeader(
            payload.Length, FrameKind.Data, FrameFlags.Compressed, UpperProtocol.User, FrameClass.Call, 1);
        var output = new byte[FramingLimits.MaxPayloadBytes];
        var status = FrameDecoder.TryDecompress(new FrameView(header, payload), output, out var written);
        Assert.True(status is FrameStatus.Complete or FrameStatus.DecompressionFailed);
        return status == FrameStatus.Complete ? output[..written] : null;
    }
}
