using System.Buffers;
using FsCheck.Xunit;

namespace NetCore.Framing.Tests;

public sealed class LengthPrefixCodecTests
{
    [Property(MaxTest = 200)]
    public void Any_split_gives_the_messages_back(byte[][] messages, bool little, byte[] cuts)
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions
        {
            Order = little ? ByteOrder.LittleEndian : ByteOrder.BigEndian,
        });
        var output = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            codec.Encode(message, output);
        }

        var choices = new Choices(cuts);
        var decoded = new List<byte[]>();
        var start = 0;
        for (var arrived = 0; arrived <= output.WrittenCount; arrived += 1 + choices.Next(3))
        {
            var buffer = Split.By(output.WrittenMemory[start..arrived], choices.Next);
            while (codec.TryDecode(ref buffer, out var message) == DecodeStatus.Complete)
            {
                decoded.Add(message.ToArray());
            }

            start = arrived - (int)buffer.Length;
        }

        var rest = Split.By(output.WrittenMemory[start..], choices.Next);
        while (codec.TryDecode(ref rest, out var message) == DecodeStatus.Complete)
        {
            decoded.Add(message.ToArray());
        }

        Assert.Equal(messages, decoded);
        Assert.Equal(0, rest.Length);
    }

    [Fact]
    public void The_prefix_is_written_in_the_chosen_order()
    {
        byte[] big = [0, 0, 0, 2, 8, 9];
        byte[] little = [2, 0, 0, 0, 8, 9];
        Assert.Equal(big, Encode(new LengthPrefixCodec()));
        Assert.Equal(little, Encode(new LengthPrefixCodec(
            new LengthPrefixCodecOptions { Order = ByteOrder.LittleEndian })));

        static byte[] Encode(LengthPrefixCodec codec)
        {
            var output = new ArrayBufferWriter<byte>();
            codec.Encode([8, 9], output);
            return output.WrittenSpan.ToArray();
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 5 })]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3 })]
    public void A_length_over_the_limit_is_refused_from_the_prefix_alone(byte[] bytes)
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions { MaxLength = 4 });
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.Equal(DecodeStatus.TooLarge, codec.TryDecode(ref buffer, out _));
        Assert.Equal(bytes.Length, buffer.Length);
        Assert.Throws<ArgumentException>(() => codec.Encode(new byte[5], new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void Options_refuse_senseless_values()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthPrefixCodecOptions { MaxLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthPrefixCodecOptions { Order = (ByteOrder)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineCodecOptions { MaxLength = 0 });
        Assert.Equal(1 << 20, new LengthPrefixCodecOptions().MaxLength);
        Assert.Equal(1 << 16, new LineCodecOptions().MaxLength);
    }

    [Fact]
    public void The_longest_message_that_the_options_allow_comes_through()
    {
        var codec = new LengthPrefixCodec(new LengthPrefixCodecOptions { MaxLength = 5 });
        var output = new ArrayBufferWriter<byte>();
        codec.Encode([1, 2, 3, 4, 5], output);
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref buffer, out var message));
        Assert.Equal([1, 2, 3, 4, 5], message.ToArray());
    }
}
