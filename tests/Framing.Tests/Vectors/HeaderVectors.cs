namespace NetCore.Framing.Tests.Vectors;

/// <summary>Each value of each field, good and bad, and each frame cut short.</summary>
internal static class HeaderVectors
{
    // Kind, shortest and longest payload, stream ids that are legal.
    private static readonly (FrameKind Kind, int Shortest, int Longest, ulong[] Streams)[] Kinds =
    [
        (FrameKind.Hello, 40, 4096, [0]),
        (FrameKind.Open, 0, 16384, [1, 2, ulong.MaxValue]),
        (FrameKind.Data, 0, 16384, [1, 1UL << 32]),
        (FrameKind.Reset, 4, 4, [7]),
        (FrameKind.Credit, 4, 4, [0, 7]),
        (FrameKind.Ping, 8, 8, [0]),
        (FrameKind.Pong, 8, 8, [0]),
        (FrameKind.GoAway, 12, 268, [0]),
    ];

    public static IEnumerable<FrameVector> All() =>
    [
        .. Good(), .. BadFields(), .. BadFlags(), .. BadStreams(), .. BadLengths(), .. Order(), .. Cut(),
    ];

    private static IEnumerable<FrameVector> Good() =>
        from kind in Kinds
        from stream in kind.Streams
        from length in new[] { kind.Shortest, kind.Longest }.Distinct()
        from protocol in (UpperProtocol[])[UpperProtocol.None, UpperProtocol.User]
        let header = new FrameHeader(length, kind.Kind, FrameFlags.None, protocol, FrameClass.Bulk, stream)
        select Complete($"{kind.Kind} of {length} on {stream:X}, {protocol}", header);

    private static IEnumerable<FrameVector> BadFields()
    {
        foreach (var length in (uint[])[16385, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
        {
            yield return Bad($"length {length:X}", FrameStatus.PayloadTooLarge, Wire.Header(length, 3, 0, 1, 0, 1));
        }

        foreach (var kind in (byte[])[0, 9, 0x10, 0x83, 0xFF])
        {
            yield return Bad($"kind {kind}", FrameStatus.UnknownKind, Wire.Header(0, kind, 0, 1, 0, 1));
        }

        for (var bit = 4; bit < 8; bit++)
        {
            yield return Bad(
                $"reserved flag {bit}", FrameStatus.ReservedBitsSet, Wire.Header(0, 3, (byte)(1 << bit), 1, 0, 1));
        }

        foreach (var value in (byte[])[2, 3, 4, 8, 0x10, 0x20, 0x40, 0x80, 0xFF])
        {
            yield return Bad($"byte 7 is {value}", FrameStatus.ReservedBitsSet, Wire.Header(0, 3, 0, 1, value, 1));
        }

        foreach (var protocol in (byte[])[4, 5, 0x80, 0xFF])
        {
            yield return Bad(
                $"protocol {protocol}", FrameStatus.UnknownProtocol, Wire.Header(0, 3, 0, protocol, 0, 1));
        }
    }

    private static IEnumerable<FrameVector> BadFlags() =>
        from kind in Kinds
        from flags in (byte[])[1, 2, 4, 3, 7]
        where kind.Kind is not (FrameKind.Open or FrameKind.Data) || (flags & 3) == 3
        select Bad(
            $"{kind.Kind} with flags {flags}", FrameStatus.IllegalFlags,
            Wire.Header((uint)kind.Shortest, (byte)kind.Kind, flags, 0, 0, kind.Streams[0]));

    private static IEnumerable<FrameVector> BadStreams() =>
        from kind in Kinds
        where kind.Kind != FrameKind.Credit
        select Bad(
            $"{kind.Kind} on a stream that it cannot have", FrameStatus.IllegalStreamId,
            Wire.Header((uint)kind.Shortest, (byte)kind.Kind, 0, 0, 0, kind.Streams[0] == 0 ? 1UL << 63 : 0));

    private static IEnumerable<FrameVector> BadLengths() =>
        from kind in Kinds
        from length in (int[])[kind.Shortest - 1, kind.Longest + 1]
        where length is >= 0 and <= 16384
        select Bad(
            $"{kind.Kind} of {length}", FrameStatus.IllegalLength,
            Wire.Header((uint)length, (byte)kind.Kind, 0, 0, 0, kind.Streams[0]));

    // Two things wrong: the first of the document's order is the answer.
    private static IEnumerable<FrameVector> Order() =>
    [
        Bad("length, then kind", FrameStatus.PayloadTooLarge, Wire.Header(16385, 0, 0xFF, 9, 9, 0)),
        Bad("kind, then flags", FrameStatus.UnknownKind, Wire.Header(1, 0, 0xFF, 9, 9, 0)),
        Bad("reserved bits, then protocol", FrameStatus.ReservedBitsSet, Wire.Header(1, 6, 0xFF, 9, 0, 1)),
        Bad("protocol, then flags", FrameStatus.UnknownProtocol, Wire.Header(1, 6, 1, 9, 0, 1)),
        Bad("flags, then stream", FrameStatus.IllegalFlags, Wire.Header(1, 6, 1, 0, 0, 1)),
        Bad("stream, then length", FrameStatus.IllegalStreamId, Wire.Header(1, 6, 0, 0, 0, 1)),
    ];

    private static IEnumerable<FrameVector> Cut()
    {
        var whole = Complete("", new FrameHeader(
            5, FrameKind.Data, FrameFlags.End | FrameFlags.Checksum, UpperProtocol.Rpc, FrameClass.Call, 3)).Bytes;
        for (var length = 0; length < whole.Length; length += 3)
        {
            yield return new($"{length} bytes of {whole.Length}", whole[..length], FrameStatus.NeedMore);
        }

        yield return new("a frame and the start of another", [.. whole, 1, 2], FrameStatus.Complete,
            new FrameHeader(5, FrameKind.Data, FrameFlags.End | FrameFlags.Checksum, UpperProtocol.Rpc,
                FrameClass.Call, 3), whole[16..21]);
    }

    private static FrameVector Complete(string name, FrameHeader header)
    {
        var payload = new byte[header.PayloadLength];
        Array.Fill(payload, (byte)0x5A);
        return new(name, Wire.Encode(header, payload), FrameStatus.Complete, header, payload);
    }

    private static FrameVector Bad(string name, FrameStatus status, byte[] bytes) => new(name, bytes, status);
}
