using FsCheck.Xunit;
using NetCore.Framing.Internal;

namespace NetCore.Framing.Tests;

public sealed class CompressionTests
{
    private const byte Canary = 0xC5;

    [Property(MaxTest = 300)]
    [Trait("Wire", "W-8 S")]
    [Trait("Wire", "W-9 S")]
    public void What_is_compressed_is_shorter_and_comes_back(byte[] text, byte[] sizes)
    {
        var choices = new Choices(sizes);
        var payload = Wire.Compressible(new Choices(text), choices.Next(FramingLimits.MaxPayloadBytes + 1));
        var compressed = new byte[payload.Length + choices.Next(200)];
        if (!FrameEncoder.TryCompress(payload, compressed, out var length))
        {
            Assert.Equal(0, length);
            return;
        }

        Assert.InRange(length, 5, payload.Length - 1);
        var output = CanaryBuffer();
        Assert.Equal(FrameStatus.Complete, Decompress(compressed.AsSpan(0, length), output, out var written));
        Assert.True(payload.AsSpan().SequenceEqual(output.AsSpan(0, written)));
        AssertUntouched(output, written);
    }

    [Property(MaxTest = 300)]
    public void A_result_never_depends_on_what_the_output_held_before(byte[] text, byte[] damage)
    {
        var block = HostileBlock(text, new Choices(damage));
        var first = new byte[FramingLimits.MaxPayloadBytes];
        var second = CanaryBuffer();

        var status = Decompress(block, first, out var written);
        Assert.Equal(status, Decompress(block, second, out var again));
        Assert.Equal(written, again);
        Assert.True(first.AsSpan(0, written).SequenceEqual(second.AsSpan(0, again)));
        Assert.Equal(status == FrameStatus.Complete, written > 0);
    }

    [Property(MaxTest = 200)]
    [Trait("Wire", "W-14 R")]
    public void Every_other_declared_size_and_every_cut_is_refused(byte[] text, byte[] sizes)
    {
        var choices = new Choices(sizes);
        var payload = Wire.Compressible(new Choices(text), 200 + choices.Next(2000));
        Array.Fill(payload, (byte)7, 50, 120);
        var compressed = new byte[payload.Length];
        Assert.True(FrameEncoder.TryCompress(payload, compressed, out var length));
        var block = compressed.AsSpan(0, length).ToArray();

        foreach (var wrong in (int[])[-payload.Length, -1, 1, 1000, 1 << 20, -1 - payload.Length])
        {
            var lie = block.ToArray();
            BitConverter.TryWriteBytes(lie, payload.Length + wrong);
            Assert.Equal(FrameStatus.DecompressionFailed, Decompress(lie, CanaryBuffer(), out _));
        }

        var cut = block.AsSpan(0, choices.Next(length));
        Assert.Equal(FrameStatus.DecompressionFailed, Decompress(cut, CanaryBuffer(), out _));
        Assert.Equal(FrameStatus.DecompressionFailed, Decompress([.. block, 0], CanaryBuffer(), out _));
    }

    // A size, then tokens: high nibble literals, low nibble match length less 4, then the match offset.
    [Theory]
    [Trait("Wire", "W-10 R")]
    [Trait("Wire", "W-11 R")]
    [Trait("Wire", "W-12 R")]
    [Trait("Wire", "W-13 R")]
    [Trait("Wire", "W-23 R")]
    [InlineData("no size", new byte[] { })]
    [InlineData("size only", new byte[] { 1, 0, 0, 0 })]
    [InlineData("size zero", new byte[] { 0, 0, 0, 0, 0x00 })]
    [InlineData("size above the limit", new byte[] { 1, 0x40, 0, 0, 0x10, 65 })]
    [InlineData("size far above", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x10, 65 })]
    [InlineData("size over the ratio", new byte[] { 0, 0x40, 0, 0, 0x1F, 65, 1, 0, 255, 255, 255, 255, 255, 255 })]
    [InlineData("literals missing", new byte[] { 2, 0, 0, 0, 0x20, 65 })]
    [InlineData("match offset zero", new byte[] { 13, 0, 0, 0, 0x13, 65, 0, 0, 0x50, 1, 2, 3, 4, 5 })]
    [InlineData("match before the start", new byte[] { 13, 0, 0, 0, 0x13, 65, 2, 0, 0x50, 1, 2, 3, 4, 5 })]
    [InlineData("match offset cut", new byte[] { 8, 0, 0, 0, 0x13, 65, 1 })]
    [InlineData("ends in a match", new byte[] { 8, 0, 0, 0, 0x13, 65, 1, 0 })]
    [InlineData("match over the size", new byte[] { 12, 0, 0, 0, 0x13, 65, 1, 0, 0x50, 1, 2, 3, 4, 5 })]
    [InlineData("under the size", new byte[] { 14, 0, 0, 0, 0x13, 65, 1, 0, 0x50, 1, 2, 3, 4, 5 })]
    [InlineData("length chain without end", new byte[] { 0, 4, 0, 0, 0xF0, 255, 255, 255, 255 })]
    [InlineData("match nibble of the last sequence", new byte[] { 5, 0, 0, 0, 0x51, 1, 2, 3, 4, 5 })]
    [InlineData("length chain over the size", new byte[] { 32, 0, 0, 0, 0xF0, 255, 255, 255, 0, 1 })]
    [InlineData("a match 11 before the end", new byte[] { 12, 0, 0, 0, 0x12, 65, 1, 0, 0x50, 1, 2, 3, 4, 5 })]
    [InlineData("4 literals after the last match", new byte[] { 13, 0, 0, 0, 0x14, 65, 1, 0, 0x40, 1, 2, 3, 4 })]
    [InlineData("no literals after the last match", new byte[] { 8, 0, 0, 0, 0x13, 65, 1, 0, 0x00 })]
    public void A_malformed_block_is_refused(string why, byte[] payload)
    {
        var output = CanaryBuffer();
        Assert.True(Decompress(payload, output, out var written) == FrameStatus.DecompressionFailed, why);
        Assert.Equal(0, written);

        // What the library would refuse too must not reach it.
        var size = payload.Length < 4 ? 0 : BitConverter.ToInt32(payload);
        Assert.False(
            size is > 0 and <= FramingLimits.MaxPayloadBytes && Lz4BlockCheck.DecodesTo(payload.AsSpan(4), size), why);
    }

    [Fact]
    public void The_sound_neighbour_of_the_malformed_blocks_is_accepted()
    {
        byte[] payload = [13, 0, 0, 0, 0x13, 65, 1, 0, 0x50, 1, 2, 3, 4, 5];
        var output = CanaryBuffer();
        Assert.Equal(FrameStatus.Complete, Decompress(payload, output, out var written));
        byte[] expected = [65, 65, 65, 65, 65, 65, 65, 65, 1, 2, 3, 4, 5];
        Assert.Equal(expected, output.AsSpan(0, written).ToArray());
        AssertUntouched(output, written);
    }

    [Fact]
    public void The_best_case_of_the_encoder_stays_within_the_ratio()
    {
        var compressed = new byte[FramingLimits.MaxPayloadBytes];
        Assert.True(FrameEncoder.TryCompress(new byte[FramingLimits.MaxPayloadBytes], compressed, out var length));
        Assert.InRange(length, 5, 100);
        Assert.Equal(FrameStatus.Complete, Decompress(compressed.AsSpan(0, length), CanaryBuffer(), out _));
    }

    [Fact]
    [Trait("Wire", "W-8 S")]
    public void What_compression_does_not_make_shorter_is_left_alone()
    {
        // From one length to the next the result stays as long as it is, so one of them is as long as its payload.
        var payload = new byte[400];
        new Choices([5]).NextBytes(100).CopyTo(payload, 0);
        var compressed = new byte[500];
        var shortest = 0;
        for (var length = 100; length < 400; length++)
        {
            if (FrameEncoder.TryCompress(payload.AsSpan(0, length), compressed, out var written))
            {
                Assert.InRange(written, 5, length - 1);
                shortest = shortest == 0 ? length - written : shortest;
            }
        }

        Assert.Equal(1, shortest);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_library_is_warm()
    {
        byte[] choices = [4, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))];
        var payload = Wire.Compressible(new Choices(choices), 8000);
        var compressed = new byte[payload.Length];
        var output = new byte[FramingLimits.MaxPayloadBytes];
        void Once()
        {
            FrameEncoder.TryCompress(payload, compressed, out var length);
            Decompress(compressed.AsSpan(0, length), output, out _);
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_use_throws()
    {
        Assert.Throws<ArgumentException>(() => Decompress([1, 0, 0, 0, 0x10, 65], new byte[100], out _));
        Assert.Throws<ArgumentException>(() => FrameDecoder.TryDecompress(default, CanaryBuffer(), out _));
        Assert.Throws<ArgumentException>(() => FrameEncoder.TryCompress(new byte[16385], new byte[20000], out _));
    }

    private static FrameStatus Decompress(ReadOnlySpan<byte> payload, byte[] output, out int written)
    {
        var header = new FrameHeader(
            payload.Length, FrameKind.Data, FrameFlags.Compressed, UpperProtocol.Rpc, FrameClass.Call, 1);
        return FrameDecoder.TryDecompress(new FrameView(header, payload), output, out written);
    }

    // Real blocks with a few bits changed, or tokens out of thin air; sizes small enough to be hit by chance.
    private static byte[] HostileBlock(byte[] text, Choices damage)
    {
        if (damage.Next(2) == 0)
        {
            byte[] noise = [(byte)damage.Next(40), 0, 0, 0, .. text];
            noise.AsSpan(4).Replace((byte)0xFF, (byte)0x13);
            return noise;
        }

        var payload = Wire.Compressible(new Choices(text), 1 + damage.Next(4000));
        var compressed = new byte[payload.Length];
        if (!FrameEncoder.TryCompress(payload, compressed, out var length))
        {
            return payload;
        }

        for (var flips = damage.Next(4); flips > 0; flips--)
        {
            compressed[damage.Next(length)] ^= (byte)(1 << damage.Next(8));
        }

        return compressed[..length];
    }

    private static byte[] CanaryBuffer()
    {
        var buffer = new byte[FramingLimits.MaxPayloadBytes];
        Array.Fill(buffer, Canary);
        return buffer;
    }

    private static void AssertUntouched(byte[] buffer, int from) =>
        Assert.False(buffer.AsSpan(from).ContainsAnyExcept(Canary), "bytes behind the declared size were written");
}
