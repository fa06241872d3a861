using System.Buffers;
using FsCheck.Xunit;

namespace NetCore.Framing.Tests;

/// <summary>What holds for every ready codec. A case that fails is shrunk to its shortest messages.</summary>
public sealed class CodecLaws
{
    private const int BytesPerMessage = 64;

    [Property(MaxTest = 600)]
    public void What_is_written_is_read_back_by_span_and_by_sequence(byte which, byte[][] bytes)
    {
        var (name, codec, fit) = Case(which);
        byte[][] messages = [.. bytes.Select(fit)];
        var output = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            codec.Encode(message, output);
        }

        var span = output.WrittenSpan;
        var sequence = new ReadOnlySequence<byte>(output.WrittenMemory);
        foreach (var message in messages)
        {
            Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref span, out var one));
            Assert.True(one.SequenceEqual(message), name);
            Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref sequence, out var other));
            Assert.Equal(message, other.ToArray());
        }

        Assert.Equal(0, span.Length);
        Assert.Equal(0, sequence.Length);
    }

    [Property(MaxTest = 600)]
    public void A_message_is_written_alike_by_each_way_to_write_it(byte which, byte[] bytes, byte[] cuts)
    {
        var (_, codec, fit) = Case(which);
        var message = fit(bytes);
        var expected = new ArrayBufferWriter<byte>();
        codec.Encode(message, expected);

        var pieces = new ArrayBufferWriter<byte>();
        codec.Encode(Split.By(message, new Choices(cuts).Next), pieces);
        Assert.Equal(expected.WrittenSpan.ToArray(), pieces.WrittenSpan.ToArray());

        var span = new byte[codec.GetEncodedLength(message.Length)];
        Assert.True(codec.TryEncode(message, span, out var written));
        Assert.Equal(span.Length, written);
        Assert.Equal(expected.WrittenSpan.ToArray(), span);
        Assert.False(codec.TryEncode(message, span.AsSpan(1), out written));
        Assert.Equal(0, written);
    }

    [Property(MaxTest = 1000)]
    public void Any_split_gives_the_same_messages_and_the_same_end(byte which, byte[] bytes, byte[] spice, byte[] cuts)
    {
        var (name, codec, _) = Case(which);
        var choices = new Choices(cuts);
        var stream = Spiced(codec, bytes, spice);

        var whole = ReadInPieces(codec, stream, () => stream.Length, choices);
        var split = ReadInPieces(codec, stream, () => 1 + choices.Next(4), choices);
        Assert.True(whole.SequenceEqual(split), $"{name}: {string.Join(',', whole)} / {string.Join(',', split)}");
        Assert.Equal(whole, ReadSpan(codec, stream));
    }

    [Property(MaxTest = 600)]
    public void Any_bytes_give_messages_or_an_error_and_allocate_nothing(
        byte which, byte[] bytes, byte[] spice, byte[] cuts)
    {
        var (_, codec, _) = Case(which);
        var stream = Split.By(Spiced(codec, bytes, spice), new Choices(cuts).Next);
        Drain(codec, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain(codec, stream);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Property(MaxTest = 600)]
    public void A_message_is_written_as_it_comes_back_or_not_at_all(byte which, byte[] bytes, bool spiced)
    {
        var (name, codec, _) = Case(which);
        var message = spiced ? [.. bytes.Select(value => (byte)"\r\nab\0"[value % 5])] : bytes;
        var output = new ArrayBufferWriter<byte>();
        try
        {
            codec.Encode(message, output);
        }
        catch (ArgumentException)
        {
            Assert.Equal(0, output.WrittenCount);
            return;
        }

        var buffer = output.WrittenSpan;
        Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref buffer, out var back));
        Assert.Equal(0, buffer.Length);
        Assert.True(back.Length == message.Length && (IsWhole(name) || back.SequenceEqual(message)), name);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        foreach (var (name, codec, fit) in CodecCase.All)
        {
            var message = fit([1, 2, 3, 4, 5, 6, 7, 8, 9]);
            var output = new ArrayBufferWriter<byte>(1 << 16);
            var span = new byte[100];
            codec.Encode(message, output);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                codec.Encode(message, output);
                codec.Encode(new ReadOnlySequence<byte>(message), output);
                codec.TryEncode(message, span, out _);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() == before, name);
        }
    }

    private static CodecCase Case(byte which) => CodecCase.All[which % CodecCase.All.Length];

    private static bool IsWhole(string name) => name.Contains("behind", StringComparison.Ordinal);

    // Noise alone hardly ever is a message; some of it is made of what the codecs look for, small lengths included.
    private static byte[] Spiced(BytesCodec codec, byte[] bytes, byte[] spice)
    {
        var choices = new Choices(spice);
        var stream = new List<byte>();
        foreach (var value in bytes)
        {
            stream.Add(choices.Next(4) == 1 ? value : (byte)"\0\0\0\u0001\u0002\u0003\r\nabab\u0080"[value % 13]);
            if (choices.Next(BytesPerMessage) == 1 && codec.MinLength <= 5)
            {
                var frame = new byte[codec.GetEncodedLength(codec.MinLength)];
                codec.TryEncode(new byte[codec.MinLength], frame, out _);
                stream.AddRange(frame);
            }
        }

        return [.. stream];
    }

    private static List<string> ReadInPieces(
        BytesCodec codec, byte[] stream, Func<int> next, Choices choices)
    {
        var result = new List<string>();
        var (status, start) = SplitReader.Read(
            codec, stream.Length, next,
            (from, to) => Split.By(stream.AsMemory(from..to), choices.Next),
            message => result.Add(Convert.ToHexString(message.ToArray())));
        result.Add($"{status} at {start}");
        return result;
    }

    private static List<string> ReadSpan(BytesCodec codec, byte[] stream)
    {
        var result = new List<string>();
        ReadOnlySpan<byte> buffer = stream;
        DecodeStatus status;
        while ((status = codec.TryDecode(ref buffer, out var message)) == DecodeStatus.Complete)
        {
            result.Add(Convert.ToHexString(message));
        }

        result.Add($"{status} at {stream.Length - buffer.Length}");
        return result;
    }

    private static void Drain(BytesCodec codec, ReadOnlySequence<byte> buffer)
    {
        while (codec.TryDecode(ref buffer, out _) == DecodeStatus.Complete)
        {
        }
    }
}
