using NetCore.Framing;

namespace NetCore.Fuzz.Decoders;

/// <summary>
/// The ready codecs in settings of every kind, made for short messages so that limits are met by chance.
/// </summary>
internal static class ReadyCodecs
{
    private const int Limit = 300;

    public static BytesCodec[] LengthPrefix { get; } =
    [
        .. from bytes in (int[])[1, 2, 4]
           from order in (ByteOrder[])[ByteOrder.BigEndian, ByteOrder.LittleEndian]
           from counts in (bool[])[false, true]
           from offset in (int[])[0, 3]
           from adjustment in (int[])[0, 2, -5]
           select new LengthPrefixCodec(new LengthPrefixCodecOptions
           {
               PrefixBytes = bytes,
               Order = order,
               CountsPrefix = counts,
               Offset = offset,
               Adjustment = adjustment,
               MaxLength = Limit,
           }),
    ];

    public static BytesCodec[] Varint { get; } =
        [new VarintPrefixCodec(), new VarintPrefixCodec(Limit), new VarintPrefixCodec(1)];

    public static BytesCodec[] Delimiter { get; } =
    [
        new DelimiterCodec("\r\n"u8, Limit), new DelimiterCodec("\0"u8, Limit), new DelimiterCodec("abab"u8, Limit),
        new DelimiterCodec("aa"u8, 7), new DelimiterCodec(new byte[FramingLimits.MaxDelimiterBytes]),
    ];

    public static BytesCodec[] Line { get; } =
    [
        new LineCodec(), new LineCodec(new LineCodecOptions { MaxLength = 40 }),
        new LineCodec(new LineCodecOptions { MaxLength = 7, WritesCrLf = true }),
    ];

    public static BytesCodec[] FixedSize { get; } =
        [new FixedSizeCodec(1), new FixedSizeCodec(5), new FixedSizeCodec(Limit)];
}
