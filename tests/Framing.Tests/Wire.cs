namespace NetCore.Framing.Tests;

/// <summary>Frames and bytes for the tests, made by choices.</summary>
internal static class Wire
{
    // The simplest first.
    private static readonly FrameKind[] Kinds =
    [
        FrameKind.Data, FrameKind.Open, FrameKind.Reset, FrameKind.Credit,
        FrameKind.Ping, FrameKind.Pong, FrameKind.GoAway, FrameKind.Hello,
    ];

    /// <summary>A header as literal bytes, legal or not.</summary>
    public static byte[] Header(
        uint length, byte kind, byte flags = 0, byte protocol = 0, byte seventh = 0, ulong id = 0)
    {
        var bytes = new byte[FrameHeader.Size];
        BitConverter.TryWriteBytes(bytes, length);
        bytes[4] = kind;
        bytes[5] = flags;
        bytes[6] = protocol;
        bytes[7] = seventh;
        BitConverter.TryWriteBytes(bytes.AsSpan(8), id);
        return bytes;
    }

    /// <summary>A legal frame of any kind: its header and its payload.</summary>
    public static (FrameHeader Header, byte[] Payload) LegalFrame(Choices choices)
    {
        var kind = Kinds[choices.Next(Kinds.Length)];
        var onStream = kind is FrameKind.Open or FrameKind.Data;
        var flags = onStream ? (FrameFlags)choices.Next(3) : FrameFlags.None;
        flags |= choices.Next(2) == 1 ? FrameFlags.Checksum : 0;
        var hasStream = onStream || kind == FrameKind.Reset || (kind == FrameKind.Credit && choices.Next(2) == 1);
        var payload = choices.NextBytes(LegalLength(kind, choices));
        var header = new FrameHeader(
            payload.Length,
            kind,
            flags,
            (UpperProtocol)choices.Next(4),
            (FrameClass)choices.Next(2),
            hasStream ? Math.Max(1, choices.NextUInt64()) : 0);
        return (header, payload);
    }

    /// <summary>
    /// Bytes with repetitions, so that LZ4 has something to do, from one value over and over to mere noise.
    /// </summary>
    public static byte[] Compressible(Choices choices, int length)
    {
        var values = 1 << choices.Next(9);
        var bytes = new byte[length];
        for (var i = 0; i < length;)
        {
            var run = Math.Min(1 + choices.Next(256), length - i);
            if (choices.Next(2) == 0)
            {
                // A copy of what is before it, which may run into itself; before the first byte there is a 0.
                var from = choices.Next(i);
                for (var j = 0; j < run && i > 0; j++)
                {
                    bytes[i + j] = bytes[from + j];
                }
            }
            else
            {
                Array.ConvertAll(choices.NextBytes(run), value => (byte)(value % values)).CopyTo(bytes, i);
            }

            i += run;
        }

        return bytes;
    }

    public static byte[] Encode(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[header.WireLength];
        Assert.True(FrameEncoder.TryWrite(bytes, header, payload, out var written));
        Assert.Equal(bytes.Length, written);
        return bytes;
    }

    private static int LegalLength(FrameKind kind, Choices choices) => kind switch
    {
        FrameKind.Hello => 40 + choices.Next(4057),
        FrameKind.Reset or FrameKind.Credit => 4,
        FrameKind.Ping or FrameKind.Pong => 8,
        FrameKind.GoAway => 12 + choices.Next(257),
        _ => choices.Next(4) switch { 0 => 0, 1 => choices.Next(64), 2 => choices.Next(16 * 1024), _ => 16 * 1024 },
    };
}
