using System.Buffers;
using System.Text;

namespace NetCore.Framing.Tests;

/// <summary>The ready codecs by literal bytes.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData(1, false, false, 0, 0, "0203", "02 02 03")]
    [InlineData(2, false, false, 0, 0, "0203", "00 02 02 03")]
    [InlineData(4, true, false, 0, 0, "0203", "02 00 00 00 02 03")]
    [InlineData(2, false, true, 0, 0, "0203", "00 04 02 03")]
    [InlineData(2, true, false, 0, 1, "0203", "01 00 02 03")]
    [InlineData(1, false, false, 0, -1, "0203", "03 02 03")]
    [InlineData(2, false, false, 3, 0, "AABBCC000002", "AA BB CC 00 01 02")]
    [InlineData(2, false, false, 3, -5, "AABBCC000002", "AA BB CC 00 06 02")]
    public void A_length_prefix_lies_on_the_wire_as_its_options_say(
        int bytes, bool little, bool itself, int offset, int adjustment, string message, string wire)
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions
        {
            PrefixBytes = bytes,
            Order = little ? ByteOrder.LittleEndian : ByteOrder.BigEndian,
            CountsPrefix = itself,
            Offset = offset,
            Adjustment = adjustment,
        });
        AssertWire(codec, Convert.FromHexString(message), wire);
    }

    [Theory]
    [InlineData(1, true, 0, "00")]
    [InlineData(2, true, 0, "00 01")]
    [InlineData(4, false, -5, "00 00 00 04")]
    public void A_length_that_leaves_less_than_nothing_is_malformed(int bytes, bool itself, int adjustment, string wire)
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions
        {
            PrefixBytes = bytes, CountsPrefix = itself, Adjustment = adjustment,
        });
        Assert.Equal(DecodeStatus.Malformed, Decode(codec, wire));
    }

    [Fact]
    public void A_prefix_of_one_byte_limits_the_message()
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions { PrefixBytes = 1 });
        Assert.Equal(255, codec.MaxLength);
        Assert.Throws<ArgumentException>(() => codec.Encode(new byte[256], new ArrayBufferWriter<byte>()));
        Assert.Equal(256, codec.GetEncodedLength(255));
    }

    [Theory]
    [InlineData("AA BB 03 01 02 03", DecodeStatus.Complete)]
    [InlineData("AA BB 04 01 02 03 04", DecodeStatus.TooLarge)]
    [InlineData("AA BB 04", DecodeStatus.TooLarge)]
    public void The_limit_of_a_whole_frame_counts_its_header(string wire, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new LengthPrefixCodec(new LengthPrefixCodecOptions
        {
            PrefixBytes = 1, Offset = 2, MaxLength = 6,
        }), wire));

    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7F")]
    [InlineData(128, "80 01")]
    [InlineData(16383, "FF 7F")]
    [InlineData(16384, "80 80 01")]
    [InlineData(2097152, "80 80 80 01")]
    public void A_varint_has_its_published_spelling(int length, string head)
    {
        var message = new byte[length];
        var wire = Bytes(head);
        AssertWire(new VarintPrefixCodec(1 << 22), message, head + string.Concat(Enumerable.Repeat(" 00", length)));
        Assert.Equal(wire.Length + length, new VarintPrefixCodec(1 << 22).GetEncodedLength(length));
    }

    [Theory]
    [InlineData("80", DecodeStatus.NeedMore)]
    [InlineData("FF FF FF FF", DecodeStatus.NeedMore)]
    [InlineData("FF FF FF FF 0F", DecodeStatus.TooLarge)]
    [InlineData("FF FF FF FF 10", DecodeStatus.Malformed)]
    [InlineData("FF FF FF FF FF", DecodeStatus.Malformed)]
    [InlineData("80 00", DecodeStatus.Malformed)]
    [InlineData("81 80 00", DecodeStatus.Malformed)]
    [InlineData("E9 07", DecodeStatus.TooLarge)]
    [InlineData("E8 07", DecodeStatus.NeedMore)]
    public void A_varint_is_judged_by_its_bytes(string wire, DecodeStatus expected) =>
        Assert.Equal(expected, Decode(new VarintPrefixCodec(1000), wire));

    [Theory]
    [InlineData("aa", "a", false)]
    [InlineData("aa", "ab", true)]
    [InlineData("abab", "ab", false)]
    [InlineData("abab", "b", true)]
    [InlineData("aab", "a", true)]
    [InlineData("\r\n", "a\r", true)]
    [InlineData("\r\n", "a\r\nb", false)]
    [InlineData("|", "", true)]
    public void A_message_that_would_end_early_is_not_written(string delimiter, string message, bool written)
    {
        var codec = new DelimiterCodec(Encoding.ASCII.GetBytes(delimiter));
        var bytes = Encoding.ASCII.GetBytes(message);
        if (written)
        {
            AssertWire(codec, bytes, Convert.ToHexString(Encoding.ASCII.GetBytes(message + delimiter)));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => codec.Encode(bytes, new ArrayBufferWriter<byte>()));
        }
    }

    [Theory]
    [InlineData("abcd\r\n", DecodeStatus.Complete)]
    [InlineData("ab\ncd", DecodeStatus.NeedMore)]
    [InlineData("abcd\r", DecodeStatus.NeedMore)]
    [InlineData("abcd\n\n", DecodeStatus.TooLarge)]
    [InlineData("abcde\r\n", DecodeStatus.TooLarge)]
    public void Lines_that_end_in_CR_LF_alone_are_a_delimiter(string text, DecodeStatus expected) => Assert.Equal(
        expected, Decode(new DelimiterCodec("\r\n"u8, 4), Convert.ToHexString(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void A_line_codec_writes_CR_LF_when_told_so() =>
        AssertWire(new LineCodec(new LineCodecOptions { WritesCrLf = true }), "a\r"u8.ToArray(), "61 0D 0D 0A");

    [Fact]
    public void A_fixed_size_is_the_only_one()
    {
        var codec = new FixedSizeCodec(3);
        AssertWire(codec, [1, 2, 3], "01 02 03");
        Assert.Equal(DecodeStatus.NeedMore, Decode(codec, "01 02"));
        Assert.Throws<ArgumentException>(() => codec.Encode(new byte[2], new ArrayBufferWriter<byte>()));
        Assert.Throws<ArgumentException>(() => codec.Encode(new byte[4], new ArrayBufferWriter<byte>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.GetEncodedLength(4));
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        var prefix = new LengthPrefixCodecOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix with { PrefixBytes = 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix with { Offset = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix with { Offset = 257 });
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix with { Adjustment = 65537 });
        Assert.Throws<ArgumentOutOfRangeException>(() => prefix with { Adjustment = -65537 });
        Assert.Throws<ArgumentException>(() => new LengthPrefixCodec(prefix with { Offset = 8, MaxLength = 11 }));
        Assert.Throws<ArgumentException>(() =>
            new LengthPrefixCodec(prefix with { PrefixBytes = 1, Adjustment = -256 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VarintPrefixCodec(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedSizeCodec((1 << 30) + 1));
        Assert.Throws<ArgumentException>(() => new DelimiterCodec([]));
        Assert.Throws<ArgumentException>(() => new DelimiterCodec(new byte[65]));
    }

    private static void AssertWire(BytesCodec codec, byte[] message, string wire)
    {
        var output = new ArrayBufferWriter<byte>();
        codec.Encode(message, output);
        Assert.Equal(Bytes(wire), output.WrittenSpan.ToArray());
        var buffer = output.WrittenSpan;
        Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref buffer, out var back));
        Assert.Equal(codec is LengthPrefixCodec && codec.MinLength > 3 ? Bytes(wire) : message, back.ToArray());
    }

    private static DecodeStatus Decode(BytesCodec codec, string wire)
    {
        ReadOnlySpan<byte> buffer = Bytes(wire);
        return codec.TryDecode(ref buffer, out _);
    }

    private static byte[] Bytes(string wire) => Convert.FromHexString(wire.Replace(" ", "", StringComparison.Ordinal));
}
