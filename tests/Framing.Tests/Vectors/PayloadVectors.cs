using System.Text;

namespace NetCore.Framing.Tests.Vectors;

/// <summary>Checksums and compressed payloads, sound and damaged.</summary>
internal static class PayloadVectors
{
    private static readonly FrameHeader Data =
        new(0, FrameKind.Data, FrameFlags.None, UpperProtocol.Rpc, FrameClass.Call, 1);

    public static IEnumerable<FrameVector> Checksums()
    {
        foreach (var length in (int[])[0, 1, 7, 8, 9, 100, 16384])
        {
            yield return Frame($"checksum of {length}", FrameFlags.Checksum, Pattern(length));
        }

        var whole = Frame("", FrameFlags.Checksum | FrameFlags.End, Pattern(9)).Bytes;

        // Bits of the stream id, of the payload and of the checksum itself; those before belong to other findings.
        for (var bit = 65; bit < whole.Length * 8; bit += 7)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return new($"bit {bit} flipped", bytes, FrameStatus.ChecksumMismatch);
        }
    }

    public static IEnumerable<FrameVector> Compressed()
    {
        foreach (var (name, plain) in Plain())
        {
            var block = new byte[plain.Length];
            Assert.True(FrameEncoder.TryCompress(plain, block, out var length), name);
            foreach (var flags in (FrameFlags[])[FrameFlags.Compressed, FrameFlags.Compressed | FrameFlags.Checksum])
            {
                yield return Frame($"{name}, {flags}", flags, block[..length]) with { Decoded = plain };
            }
        }

        foreach (var (name, payload) in Damaged)
        {
            yield return Frame(name, FrameFlags.Compressed, payload) with { Status = FrameStatus.DecompressionFailed };
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Plain() =>
    [
        ("one value", Enumerable.Repeat((byte)7, 16384).ToArray()),
        ("a text", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("to be or not to be, ", 9)))),
        ("noise and a run", [.. Pattern(300), .. new byte[400], .. Pattern(20)]),
        ("an overlap of three", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abc", 200)))),
        ("a long run of literals", [.. Pattern(251), .. Pattern(251), .. Pattern(251)]),
        ("counting", [.. Enumerable.Range(0, 8000).Select(i => (byte)(i / 13))]),
    ];

    // A size, then tokens: high nibble literals, low nibble match length less 4, then the match offset.
    private static readonly (string Name, byte[] Payload)[] Damaged =
    [
        ("no size", []),
        ("a part of a size", [1, 0, 0]),
        ("size only", [1, 0, 0, 0]),
        ("size zero", [0, 0, 0, 0, 0x00]),
        ("size above the limit", [1, 0x40, 0, 0, 0x10, 65]),
        ("size far above", [0xFF, 0xFF, 0xFF, 0xFF, 0x10, 65]),
        ("size over the ratio", [0, 0x40, 0, 0, 0x1F, 65, 1, 0, 255, 255, 255, 255, 255, 255]),
        ("literals missing", [2, 0, 0, 0, 0x20, 65]),
        ("match offset zero", [13, 0, 0, 0, 0x13, 65, 0, 0, 0x50, 1, 2, 3, 4, 5]),
        ("match before the start", [13, 0, 0, 0, 0x13, 65, 2, 0, 0x50, 1, 2, 3, 4, 5]),
        ("match offset cut", [8, 0, 0, 0, 0x13, 65, 1]),
        ("ends in a match", [8, 0, 0, 0, 0x13, 65, 1, 0]),
        ("match over the size", [12, 0, 0, 0, 0x13, 65, 1, 0, 0x50, 1, 2, 3, 4, 5]),
        ("under the size", [14, 0, 0, 0, 0x13, 65, 1, 0, 0x50, 1, 2, 3, 4, 5]),
        ("length chain without end", [0, 4, 0, 0, 0xF0, 255, 255, 255, 255]),
        ("match nibble of the last sequence", [5, 0, 0, 0, 0x51, 1, 2, 3, 4, 5]),
        ("length chain over the size", [32, 0, 0, 0, 0xF0, 255, 255, 255, 0, 1]),
        ("sound but above the limit", [1, 0x40, 0, 0, 0x1F, 65, 1, 0, .. Chain(16360), 0x50, 1, 2, 3, 4, 5]),
        ("a match that begins 11 before the end", [12, 0, 0, 0, 0x12, 65, 1, 0, 0x50, 1, 2, 3, 4, 5]),
        ("4 literals after the last match", [13, 0, 0, 0, 0x14, 65, 1, 0, 0x40, 1, 2, 3, 4]),
        ("no literals after the last match", [8, 0, 0, 0, 0x13, 65, 1, 0, 0x00]),
        ("bytes left over", [5, 0, 0, 0, 0x50, 1, 2, 3, 4, 5, 0]),
    ];

    private static byte[] Chain(int length) =>
        [.. Enumerable.Repeat(byte.MaxValue, length / 255), (byte)(length % 255)];

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 151) + 3))];

    private static FrameVector Frame(string name, FrameFlags flags, byte[] payload)
    {
        var header = Data with { Flags = flags, PayloadLength = payload.Length };
        return new(name, Wire.Encode(header, payload), FrameStatus.Complete, header, payload);
    }
}
