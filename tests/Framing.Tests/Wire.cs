using NetCore.Testing.Shared;

namespace NetCore.Framing.Tests;

/// <summary>Frames and bytes for the tests, made from a seed.</summary>
internal static class Wire
{
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
    public static (FrameHeader Header, byte[] Payload) LegalFrame(SeededRandomSource random)
    {
        var kind = (FrameKind)(1 + random.Next(8));
        var onStream = kind is FrameKind.Open or FrameKind.Data;
        var flags = onStream ? (FrameFlags)random.Next(3) : FrameFlags.None;
        flags |= random.Next(2) == 0 ? FrameFlags.Checksum : 0;
        var hasStream = onStream || kind == FrameKind.Reset || (kind == FrameKind.Credit && random.Next(2) == 0);
        var payload = Bytes(random, LegalLength(kind, random));
        var header = new FrameHeader(
            payload.Length,
            kind,
            flags,
            (UpperProtocol)random.Next(4),
            (FrameClass)random.Next(2),
            hasStream ? Math.Max(1, random.NextUInt64()) : 0);
        return (header, payload);
    }

    public static byte[] Bytes(SeededRandomSource random, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextUInt64();
        }

        return bytes;
    }

    /// <summary>
    /// Bytes with repetitions, so that LZ4 has something to do; now and then pure noise or one value.
    /// </summary>
    public static byte[] Compressible(SeededRandomSource random, int length)
    {
        var values = 1 << random.Next(9);
        var bytes = new byte[length];
        for (var i = 0; i < length;)
        {
            var run = Math.Min(1 + random.Next(40), length - i);
            if (i > 0 && random.Next(2) == 0)
            {
                var from = random.Next(i);
                for (var j = 0; j < run; j++)
                {
                    bytes[i + j] = bytes[from + j];
                }
            }
            else
            {
                for (var j = 0; j < run; j++)
                {
                    bytes[i + j] = (byte)random.Next(values);
                }
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

    private static int LegalLength(FrameKind kind, SeededRandomSource random) => kind switch
    {
        FrameKind.Hello => 40 + random.Next(4057),
        FrameKind.Reset or FrameKind.Credit => 4,
        FrameKind.Ping or FrameKind.Pong => 8,
        FrameKind.GoAway => 12 + random.Next(257),
        _ => random.Next(4) switch { 0 => 0, 1 => 16 * 1024, 2 => random.Next(64), _ => random.Next(16 * 1024) },
    };
}
