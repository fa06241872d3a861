namespace NetCore.Framing.Tests;

/// <summary>A codec under the laws, and what makes a message that it carries out of any bytes.</summary>
/// <param name="Name">For the report of a law that fails.</param>
/// <param name="Codec">The codec, made for short messages so that limits are met by chance.</param>
/// <param name="Fit">A message that the codec must carry.</param>
internal sealed record CodecCase(string Name, BytesCodec Codec, Func<byte[], byte[]> Fit)
{
    private const int Limit = 40;

    public static CodecCase[] All { get; } =
    [
        Prefix("u32 big", new LengthPrefixCodecOptions()),
        Prefix("u32 little", new LengthPrefixCodecOptions { Order = ByteOrder.LittleEndian }),
        Prefix("u8", new LengthPrefixCodecOptions { PrefixBytes = 1 }),
        Prefix("u16 big with itself", new LengthPrefixCodecOptions { PrefixBytes = 2, CountsPrefix = true }),
        Prefix("u16 little + 3", new LengthPrefixCodecOptions
        {
            PrefixBytes = 2, Order = ByteOrder.LittleEndian, Adjustment = 3,
        }),
        Prefix("u8 behind 2", new LengthPrefixCodecOptions { PrefixBytes = 1, Offset = 2 }),
        Prefix("u32 behind 4, of the whole frame", new LengthPrefixCodecOptions { Offset = 4, Adjustment = -8 }),
        Prefix("u16 behind 1, with itself, + 1", new LengthPrefixCodecOptions
        {
            PrefixBytes = 2, Offset = 1, CountsPrefix = true, Adjustment = 1,
        }),
        new("varint", new VarintPrefixCodec(300), bytes => Cut(bytes, 300)),
        new("LF, CR LF", new LineCodec(new LineCodecOptions { MaxLength = Limit }), Line),
        new("writes CR LF", new LineCodec(new LineCodecOptions { MaxLength = Limit, WritesCrLf = true }), Line),
        Ending("\r\n"u8),
        Ending("\0"u8),
        Ending("abab"u8),
        new("5 bytes", new FixedSizeCodec(5), bytes => Padded(bytes, 5)),
    ];

    public override string ToString() => Name;

    private static CodecCase Prefix(string name, LengthPrefixCodecOptions options)
    {
        var codec = new LengthPrefixCodec(options with { MaxLength = Limit });
        return new(name, codec, bytes => FillIn(codec, options, Padded(Cut(bytes, Limit), codec.MinLength)));
    }

    private static CodecCase Ending(ReadOnlySpan<byte> delimiter)
    {
        var end = delimiter.ToArray();
        return new($"ends in {Convert.ToHexString(end)}", new DelimiterCodec(end, Limit), bytes =>
            [.. Cut(bytes, Limit).Select(value => value == end[^1] ? (byte)'x' : value)]);
    }

    // The writer puts the length into the message's own place for it, so the law holds for messages that have it there.
    private static byte[] FillIn(LengthPrefixCodec codec, LengthPrefixCodecOptions options, byte[] message)
    {
        if (options.Offset == 0)
        {
            return message;
        }

        var whole = new byte[codec.GetEncodedLength(message.Length)];
        Assert.True(codec.TryEncode(message, whole, out _));
        return whole;
    }

    private static byte[] Line(byte[] bytes) =>
        [.. Cut(bytes, Limit).Select(value => value is (byte)'\n' or (byte)'\r' ? (byte)'x' : value)];

    private static byte[] Cut(byte[] bytes, int length) => bytes.Length <= length ? bytes : bytes[..length];

    private static byte[] Padded(byte[] bytes, int length)
    {
        var padded = new byte[Math.Max(length, length == 5 ? 0 : bytes.Length)];
        bytes.AsSpan(0, Math.Min(bytes.Length, padded.Length)).CopyTo(padded);
        return padded;
    }
}
