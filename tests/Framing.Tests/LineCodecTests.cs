using System.Buffers;
using System.Text;
using FsCheck.Xunit;

namespace NetCore.Framing.Tests;

public sealed class LineCodecTests
{
    [Property(MaxTest = 300)]
    public void Any_split_gives_the_lines_that_a_naive_reader_finds(byte[] text, byte[] cuts)
    {
        const int limit = 6;
        var choices = new Choices(cuts);
        var bytes = Array.ConvertAll(text, static value => (byte)"abcd\r\n\n\n"[value % 8]);

        var codec = new LineCodec(new LineCodecOptions { MaxLength = limit });
        var decoded = new List<string>();
        var status = DecodeStatus.NeedMore;
        var start = 0;
        for (var arrived = 0; arrived <= bytes.Length && status == DecodeStatus.NeedMore; arrived++)
        {
            var buffer = Split.By(bytes.AsMemory(start..arrived), choices.Next);
            while ((status = codec.TryDecode(ref buffer, out var message)) == DecodeStatus.Complete)
            {
                decoded.Add(Encoding.ASCII.GetString(message));
            }

            start = arrived - (int)buffer.Length;
        }

        var (lines, tooLarge) = Naive(Encoding.ASCII.GetString(bytes), limit);
        Assert.Equal(lines, decoded);
        Assert.Equal(tooLarge, status == DecodeStatus.TooLarge);
    }

    [Property(MaxTest = 200)]
    public void What_is_written_is_read_back(byte[] line)
    {
        var codec = new LineCodec();
        var output = new ArrayBufferWriter<byte>();
        if (line.Contains((byte)'\n') || line.LastOrDefault() == '\r')
        {
            Assert.Throws<ArgumentException>(() => codec.Encode(line, output));
            Assert.Equal(0, output.WrittenCount);
            return;
        }

        codec.Encode(line, output);
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(DecodeStatus.Complete, codec.TryDecode(ref buffer, out var message));
        Assert.Equal(line, message.ToArray());
        Assert.Equal(0, buffer.Length);
    }

    [Theory]
    [InlineData("abcd\n", DecodeStatus.Complete)]
    [InlineData("abcd\r\n", DecodeStatus.Complete)]
    [InlineData("abcd\r", DecodeStatus.NeedMore)]
    [InlineData("abcd", DecodeStatus.NeedMore)]
    [InlineData("abcde\n", DecodeStatus.TooLarge)]
    [InlineData("abcde\r\n", DecodeStatus.TooLarge)]
    [InlineData("abcdef", DecodeStatus.TooLarge)]
    [InlineData("\r\n", DecodeStatus.Complete)]
    public void The_limit_counts_the_line_without_its_end(string text, DecodeStatus expected)
    {
        var codec = new LineCodec(new LineCodecOptions { MaxLength = 4 });
        var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, codec.TryDecode(ref buffer, out _));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\n")]
    [InlineData("a\r")]
    [InlineData("abcde")]
    public void A_line_that_would_not_come_back_is_not_written(string line)
    {
        var codec = new LineCodec(new LineCodecOptions { MaxLength = 4 });
        var output = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentException>(() => codec.Encode(Encoding.ASCII.GetBytes(line), output));
        Assert.Equal(0, output.WrittenCount);
    }

    private static (List<string> Lines, bool TooLarge) Naive(string text, int limit)
    {
        var lines = new List<string>();
        var pieces = text.Split('\n');
        foreach (var piece in pieces[..^1])
        {
            var line = piece.EndsWith('\r') ? piece[..^1] : piece;
            if (line.Length > limit)
            {
                return (lines, true);
            }

            lines.Add(line);
        }

        return (lines, pieces[^1].Length >= limit + 2);
    }
}
