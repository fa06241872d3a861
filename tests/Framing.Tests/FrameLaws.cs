using FsCheck;
using FsCheck.Xunit;
using NetCore.Testing.Shared;

namespace NetCore.Framing.Tests;

public sealed class FrameLaws
{
    [Property(MaxTest = 200)]
    [Trait("Wire", "W-7 R")]
    public void What_is_written_is_read_back(DoNotSize<ulong> seed)
    {
        var (header, payload) = Wire.LegalFrame(new SeededRandomSource(seed.Item));
        var bytes = Wire.Encode(header, payload);

        Assert.Equal(FrameStatus.Complete, FrameDecoder.TryRead(bytes, out var frame, out var consumed));
        Assert.Equal(header, frame.Header);
        Assert.True(frame.Payload.SequenceEqual(payload));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(header.WireLength, consumed);
    }

    [Property(MaxTest = 100)]
    [Trait("Wire", "W-3 R")]
    public void Every_prefix_of_a_frame_needs_more(DoNotSize<ulong> seed)
    {
        var (header, payload) = Wire.LegalFrame(new SeededRandomSource(seed.Item));
        var bytes = Wire.Encode(header, payload);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(FrameStatus.NeedMore, FrameDecoder.TryRead(bytes.AsSpan(0, length), out _, out var consumed));
            Assert.Equal(0, consumed);
        }
    }

    [Property(MaxTest = 200)]
    [Trait("Wire", "W-24 R")]
    public void Any_split_gives_the_same_frames_and_the_same_end(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var stream = DamagedStream(random);

        var whole = ReadInPieces(stream, () => stream.Length);
        var split = ReadInPieces(stream, () => 1 + random.Next(1 + random.Next(3000)));

        Assert.Equal(whole, split);
    }

    [Property(MaxTest = 300)]
    [Trait("Wire", "W-3 R")]
    public void Any_bytes_give_frames_or_a_reason_and_allocate_nothing(byte[] tail, DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var bytes = Garbage(random, tail);
        var scratch = new byte[FramingLimits.MaxPayloadBytes];
        Decode(bytes, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode(bytes, scratch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Property(MaxTest = 200)]
    [Trait("Wire", "W-5 R")]
    public void Every_single_bit_that_flips_under_a_checksum_is_found(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var (header, payload) = Wire.LegalFrame(random);
        var bytes = Wire.Encode(header with { Flags = header.Flags | FrameFlags.Checksum }, payload);

        // The length may grow (then more is needed) and the Checksum flag itself may fall, which is found by the next
        // frame; every other flip must end in a reason.
        int bit;
        do
        {
            bit = random.Next(bytes.Length * 8);
        }
        while (bit < 32 || bit == (5 * 8) + 3);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));

        var status = FrameDecoder.TryRead(bytes, out _, out _);
        Assert.True(status > FrameStatus.NeedMore, $"{status} after a flip of bit {bit}");
    }

    [Property(MaxTest = 100)]
    public void A_destination_that_is_too_short_is_left_alone(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var (header, payload) = Wire.LegalFrame(random);
        var destination = new byte[random.Next(header.WireLength)];

        Assert.False(FrameEncoder.TryWrite(destination, header, payload, out var written));
        Assert.Equal(0, written);
        Assert.All(destination, static value => Assert.Equal(0, value));
    }

    private static byte[] DamagedStream(SeededRandomSource random)
    {
        using var stream = new MemoryStream();
        var frames = random.Next(6);
        for (var i = 0; i < frames; i++)
        {
            var (header, payload) = Wire.LegalFrame(random);
            stream.Write(Wire.Encode(header, payload));
        }

        var bytes = stream.ToArray();
        if (bytes.Length > 0 && random.Next(2) == 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    // A list of what comes out, ended by the first answer that is no frame once all has arrived or all is lost.
    private static List<string> ReadInPieces(byte[] stream, Func<int> next)
    {
        var result = new List<string>();
        var start = 0;
        var arrived = 0;
        while (true)
        {
            var status = FrameDecoder.TryRead(stream.AsSpan(start, arrived - start), out var frame, out var consumed);
            if (status == FrameStatus.Complete)
            {
                result.Add($"{frame.Header} {Crc32C.Compute(frame.Payload):X8}");
                start += consumed;
            }
            else if (status == FrameStatus.NeedMore && arrived < stream.Length)
            {
                arrived = Math.Min(stream.Length, arrived + next());
            }
            else
            {
                result.Add($"{status} at {start}");
                return result;
            }
        }
    }

    // Noise is refused at its first header, so half of the cases begin with something that nearly is one.
    private static byte[] Garbage(SeededRandomSource random, byte[] tail)
    {
        if (random.Next(2) == 0)
        {
            return tail;
        }

        var header = Wire.Header(
            (uint)random.Next(tail.Length + 8),
            (byte)random.Next(10),
            (byte)random.Next(random.Next(2) == 0 ? 32 : 256),
            (byte)random.Next(5),
            (byte)random.Next(3),
            (ulong)random.Next(3));
        return [.. header, .. tail];
    }

    private static void Decode(ReadOnlySpan<byte> bytes, Span<byte> scratch)
    {
        while (FrameDecoder.TryRead(bytes, out var frame, out var consumed) == FrameStatus.Complete)
        {
            if ((frame.Header.Flags & FrameFlags.Compressed) != 0)
            {
                FrameDecoder.TryDecompress(frame, scratch, out _);
            }

            bytes = bytes[consumed..];
        }
    }
}
