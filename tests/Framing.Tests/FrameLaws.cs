using FsCheck.Xunit;

namespace NetCore.Framing.Tests;

/// <summary>What holds for every frame. A case that fails is shrunk to its simplest frames.</summary>
public sealed class FrameLaws
{
    [Property(MaxTest = 200)]
    [Trait("Wire", "W-7 R")]
    public void What_is_written_is_read_back(byte[] choices)
    {
        var (header, payload) = Wire.LegalFrame(new Choices(choices));
        var bytes = Wire.Encode(header, payload);

        Assert.Equal(FrameStatus.Complete, FrameDecoder.TryRead(bytes, out var frame, out var consumed));
        Assert.Equal(header, frame.Header);
        Assert.True(frame.Payload.SequenceEqual(payload));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(header.WireLength, consumed);
    }

    [Property(MaxTest = 100)]
    [Trait("Wire", "W-3 R")]
    public void Every_prefix_of_a_frame_needs_more(byte[] choices)
    {
        var (header, payload) = Wire.LegalFrame(new Choices(choices));
        var bytes = Wire.Encode(header, payload);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(FrameStatus.NeedMore, FrameDecoder.TryRead(bytes.AsSpan(0, length), out _, out var consumed));
            Assert.Equal(0, consumed);
        }
    }

    [Property(MaxTest = 200)]
    [Trait("Wire", "W-24 R")]
    public void Any_split_gives_the_same_frames_and_the_same_end(byte[][] frames, byte[] damage, byte[] cuts)
    {
        var choices = new Choices(cuts);
        var stream = DamagedStream(frames, new Choices(damage));

        var whole = ReadInPieces(stream, () => stream.Length);
        var split = ReadInPieces(stream, () => 1 + choices.Next(1 + choices.Next(3000)));

        Assert.Equal(whole, split);
    }

    [Property(MaxTest = 300)]
    [Trait("Wire", "W-3 R")]
    public void Any_bytes_give_frames_or_a_reason_and_allocate_nothing(byte[] tail, byte[] head)
    {
        var bytes = Garbage(new Choices(head), tail);
        var scratch = new byte[FramingLimits.MaxPayloadBytes];
        Decode(bytes, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode(bytes, scratch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Property(MaxTest = 200)]
    [Trait("Wire", "W-5 R")]
    public void Every_single_bit_that_flips_under_a_checksum_is_found(byte[] choices, byte[] place)
    {
        var (header, payload) = Wire.LegalFrame(new Choices(choices));
        var bytes = Wire.Encode(header with { Flags = header.Flags | FrameFlags.Checksum }, payload);

        // The length may grow (then more is needed) and the Checksum flag itself may fall, which is found by the next
        // frame; every other flip must end in a reason.
        const int first = 32;
        const int flag = (5 * 8) + 3;
        var bit = first + new Choices(place).Next((bytes.Length * 8) - first);
        bit = bit == flag ? first : bit;
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));

        var status = FrameDecoder.TryRead(bytes, out _, out _);
        Assert.True(status > FrameStatus.NeedMore, $"{status} after a flip of bit {bit}");
    }

    [Property(MaxTest = 100)]
    public void A_destination_that_is_too_short_is_left_alone(byte[] choices, byte[] room)
    {
        var (header, payload) = Wire.LegalFrame(new Choices(choices));
        var destination = new byte[new Choices(room).Next(header.WireLength)];

        Assert.False(FrameEncoder.TryWrite(destination, header, payload, out var written));
        Assert.Equal(0, written);
        Assert.All(destination, static value => Assert.Equal(0, value));
    }

    private static byte[] DamagedStream(byte[][] frames, Choices damage)
    {
        using var stream = new MemoryStream();
        foreach (var choices in frames)
        {
            var (header, payload) = Wire.LegalFrame(new Choices(choices));
            stream.Write(Wire.Encode(header, payload));
        }

        var bytes = stream.ToArray();
        if (bytes.Length > 0 && damage.Next(2) == 1)
        {
            bytes[damage.Next(bytes.Length)] ^= (byte)(1 << damage.Next(8));
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
    private static byte[] Garbage(Choices head, byte[] tail)
    {
        if (head.Next(2) == 0)
        {
            return tail;
        }

        var header = Wire.Header(
            (uint)head.Next(tail.Length + 8),
            (byte)head.Next(10),
            (byte)head.Next(head.Next(2) == 0 ? 32 : 256),
            (byte)head.Next(5),
            (byte)head.Next(3),
            (ulong)head.Next(3));
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
