namespace NetCore.Framing.Tests;

/// <summary>Each violation by literal bytes: length, kind, flags, protocol, byte 7, stream id.</summary>
public sealed class MalformationTests
{
    [Fact]
    [Trait("Wire", "W-1 S")]
    public void A_header_lies_on_the_wire_byte_by_byte_as_documented()
    {
        var bytes = new byte[16];
        FrameEncoder.WriteHeader(bytes, new FrameHeader(
            0x1234, FrameKind.Data, FrameFlags.More | FrameFlags.Checksum, UpperProtocol.PubSub, FrameClass.Bulk,
            0x0102030405060708));

        byte[] expected = [0x34, 0x12, 0, 0, 3, 0x0A, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1];
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [Trait("Wire", "W-15 R")]
    [Trait("Wire", "W-16 R")]
    [Trait("Wire", "W-17 R")]
    [Trait("Wire", "W-18 R")]
    [Trait("Wire", "W-19 R")]
    [Trait("Wire", "W-20 R")]
    [Trait("Wire", "W-21 R")]
    [InlineData(16385u, 3, 0, 1, 0, 1ul, FrameStatus.PayloadTooLarge)]
    [InlineData(0x7FFFFFFFu, 3, 0, 1, 0, 1ul, FrameStatus.PayloadTooLarge)]
    [InlineData(0x80000000u, 3, 0, 1, 0, 1ul, FrameStatus.PayloadTooLarge)]
    [InlineData(0xFFFFFFFFu, 3, 0, 1, 0, 1ul, FrameStatus.PayloadTooLarge)]
    [InlineData(0u, 0, 0, 0, 0, 0ul, FrameStatus.UnknownKind)]
    [InlineData(0u, 9, 0, 0, 0, 1ul, FrameStatus.UnknownKind)]
    [InlineData(0u, 255, 0, 0, 0, 1ul, FrameStatus.UnknownKind)]
    [InlineData(0u, 3, 0x10, 1, 0, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0x20, 1, 0, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0x40, 1, 0, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0x80, 1, 0, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0, 1, 2, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0, 1, 3, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0, 1, 4, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0, 1, 0x80, 1ul, FrameStatus.ReservedBitsSet)]
    [InlineData(0u, 3, 0, 4, 0, 1ul, FrameStatus.UnknownProtocol)]
    [InlineData(0u, 3, 0, 255, 0, 1ul, FrameStatus.UnknownProtocol)]
    [InlineData(0u, 3, 3, 1, 0, 1ul, FrameStatus.IllegalFlags)]
    [InlineData(0u, 2, 3, 1, 0, 1ul, FrameStatus.IllegalFlags)]
    [InlineData(4u, 4, 1, 1, 0, 1ul, FrameStatus.IllegalFlags)]
    [InlineData(4u, 4, 4, 1, 0, 1ul, FrameStatus.IllegalFlags)]
    [InlineData(4u, 5, 2, 0, 0, 0ul, FrameStatus.IllegalFlags)]
    [InlineData(40u, 1, 4, 0, 0, 0ul, FrameStatus.IllegalFlags)]
    [InlineData(8u, 6, 2, 0, 0, 0ul, FrameStatus.IllegalFlags)]
    [InlineData(8u, 7, 1, 0, 0, 0ul, FrameStatus.IllegalFlags)]
    [InlineData(12u, 8, 4, 0, 0, 0ul, FrameStatus.IllegalFlags)]
    [InlineData(0u, 2, 0, 1, 0, 0ul, FrameStatus.IllegalStreamId)]
    [InlineData(0u, 3, 0, 1, 0, 0ul, FrameStatus.IllegalStreamId)]
    [InlineData(4u, 4, 0, 1, 0, 0ul, FrameStatus.IllegalStreamId)]
    [InlineData(40u, 1, 0, 0, 0, 1ul, FrameStatus.IllegalStreamId)]
    [InlineData(8u, 6, 0, 0, 0, 1ul, FrameStatus.IllegalStreamId)]
    [InlineData(8u, 7, 0, 0, 0, 0x8000000000000000ul, FrameStatus.IllegalStreamId)]
    [InlineData(12u, 8, 0, 0, 0, 1ul, FrameStatus.IllegalStreamId)]
    [InlineData(39u, 1, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(4097u, 1, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(3u, 4, 0, 1, 0, 1ul, FrameStatus.IllegalLength)]
    [InlineData(5u, 4, 0, 1, 0, 1ul, FrameStatus.IllegalLength)]
    [InlineData(0u, 5, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(8u, 5, 0, 0, 0, 1ul, FrameStatus.IllegalLength)]
    [InlineData(7u, 6, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(9u, 7, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(11u, 8, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    [InlineData(269u, 8, 0, 0, 0, 0ul, FrameStatus.IllegalLength)]
    public void A_violation_is_named_from_the_header_alone(
        uint length, byte kind, byte flags, byte protocol, byte seventh, ulong id, FrameStatus expected)
    {
        var bytes = Wire.Header(length, kind, flags, protocol, seventh, id);

        Assert.Equal(expected, FrameDecoder.TryReadHeader(bytes, out var header));
        Assert.Equal(default, header);
        Assert.Equal(expected, FrameDecoder.TryRead(bytes, out var frame, out var consumed));
        Assert.Equal(default, frame.Header);
        Assert.Equal(0, consumed);
    }

    [Theory]
    [InlineData(16384u, 3, 5, 3, 1, ulong.MaxValue)]
    [InlineData(0u, 2, 1, 1, 0, 1ul)]
    [InlineData(40u, 1, 8, 0, 0, 0ul)]
    [InlineData(4096u, 1, 0, 0, 0, 0ul)]
    [InlineData(4u, 4, 0, 1, 0, 1ul)]
    [InlineData(4u, 5, 0, 0, 0, 0ul)]
    [InlineData(4u, 5, 0, 1, 0, 7ul)]
    [InlineData(8u, 6, 0, 0, 0, 0ul)]
    [InlineData(8u, 7, 8, 0, 0, 0ul)]
    [InlineData(12u, 8, 0, 0, 0, 0ul)]
    [InlineData(268u, 8, 0, 0, 0, 0ul)]
    public void The_values_next_to_a_violation_are_legal(
        uint length, byte kind, byte flags, byte protocol, byte seventh, ulong id)
    {
        var bytes = Wire.Header(length, kind, flags, protocol, seventh, id);
        Assert.Equal(FrameStatus.Complete, FrameDecoder.TryReadHeader(bytes, out _));
    }

    [Fact]
    [Trait("Wire", "W-22 R")]
    public void A_wrong_checksum_is_named_once_the_whole_frame_is_there()
    {
        byte[] frame = [.. Wire.Header(2, 3, 8, 1, 0, 1), 0xAB, 0xCD, 0, 0, 0, 0];
        Assert.Equal(FrameStatus.NeedMore, FrameDecoder.TryRead(frame.AsSpan(0, 21), out _, out _));
        Assert.Equal(FrameStatus.ChecksumMismatch, FrameDecoder.TryRead(frame, out _, out _));
    }

    [Fact]
    [Trait("Wire", "W-2 S")]
    public void The_encoder_refuses_what_a_decoder_would_refuse()
    {
        var legal = new FrameHeader(8, FrameKind.Ping, FrameFlags.None, UpperProtocol.None, FrameClass.Call, 0);
        FrameHeader[] illegal =
        [
            legal with { PayloadLength = -1 },
            legal with { PayloadLength = 9 },
            legal with { Kind = 0 },
            legal with { Flags = FrameFlags.End },
            legal with { Flags = (FrameFlags)16 },
            legal with { Protocol = (UpperProtocol)4 },
            legal with { Class = (FrameClass)2 },
            legal with { StreamId = 1 },
        ];

        FrameEncoder.WriteHeader(new byte[16], legal);
        Assert.All(illegal, header =>
            Assert.Throws<ArgumentException>(() => FrameEncoder.WriteHeader(new byte[16], header)));
        Assert.Throws<ArgumentException>(() => FrameEncoder.WriteHeader(new byte[15], legal));
        Assert.Throws<ArgumentException>(() => FrameEncoder.TryWrite(new byte[99], legal, new byte[7], out _));
    }
}
