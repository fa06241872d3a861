using System.Buffers;
using FsCheck;
using FsCheck.Xunit;
using NetCore.Framing;
using NetCore.Framing.Tests;
using NetCore.Samples.Memcached;
using NetCore.Samples.Redis;
using NetCore.Testing.Shared;

namespace NetCore.Protocols.Tests;

/// <summary>The codecs of the samples under the laws of the seam.</summary>
public sealed class ProtocolLaws
{
    private const int AllocatedPerByte = 64;
    private const int AllocatedAtAll = 64 * 1024;
    private static readonly RespCodec Resp = new();
    private static readonly MemcachedCodec Memcached = new();

    [Property(MaxTest = 300)]
    public void A_value_of_RESP_comes_back_from_any_split(byte[] shape, PositiveInt piece)
    {
        var values = new List<RespValue>();
        for (var i = 0; i < shape.Length;)
        {
            values.Add(Value(shape, ref i, 0));
        }

        var output = new ArrayBufferWriter<byte>();
        values.ForEach(value => Resp.Encode(value, output));
        var expected = values.ConvertAll(value => $"{value.Kind}{value}");
        expected.Add("NeedMore");
        Assert.Equal(expected, Read(Resp, output.WrittenSpan.ToArray(), piece.Item, value => $"{value!.Kind}{value}"));
    }

    [Property(MaxTest = 300)]
    public void A_reply_of_memcached_comes_back_from_any_split(byte[][] datas, PositiveInt piece)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var data in datas)
        {
            Memcached.Encode(new MemcachedReply($"VALUE k 0 {data.Length}", data), output);
        }

        Memcached.Encode(new MemcachedReply("END"), output);
        string[] expected = [.. datas.Select(Convert.ToHexString), "END", "NeedMore"];
        Assert.Equal(expected, Read(Memcached, output.WrittenSpan.ToArray(), piece.Item,
            reply => reply.Data is { } data ? Convert.ToHexString(data) : reply.Line));
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_give_messages_or_an_error(byte[] noise, bool spiced, PositiveInt piece)
    {
        var bytes = spiced ? Spiced(noise) : noise;
        var whole = bytes.Length + 1;
        Assert.Equal(Read(Resp, bytes, whole, static _ => "x"), Read(Resp, bytes, piece.Item, static _ => "x"));
        Assert.Equal(
            Read(Memcached, bytes, whole, static _ => "x"), Read(Memcached, bytes, piece.Item, static _ => "x"));
    }

    [Property(MaxTest = 300)]
    public void What_any_bytes_make_a_codec_allocate_is_bounded_by_their_number(
        byte[] noise, bool spiced, PositiveInt times)
    {
        var once = spiced ? Spiced(noise) : noise;
        byte[] bytes = [.. Enumerable.Repeat(once, 1 + (times.Item * 20)).SelectMany(part => part)];
        AssertAllocatesByInput(Resp, bytes);
        AssertAllocatesByInput(Memcached, bytes);
    }

    // The densest there is: nothing but short values, and lists of one item in each other.
    [Theory]
    [InlineData("+\r\n")]
    [InlineData("_\r\n")]
    [InlineData("*0\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n:1\r\n")]
    [InlineData("|1\r\n+\r\n+\r\n+\r\n")]
    [InlineData("END\r\n")]
    [InlineData("\n")]
    [InlineData("VALUE k 0 0\r\n\r\n")]
    [InlineData("VALUE  0 \r\n")]
    public void Many_short_messages_allocate_by_their_bytes(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, 20_000)));
        AssertAllocatesByInput(Resp, bytes);
        AssertAllocatesByInput(Memcached, bytes);
    }

    [Theory]
    [InlineData("*2\r\n$40\r\n", 30)]
    [InlineData("+a very long line", 0)]
    [InlineData("*9\r\n*9\r\n*9\r\n", 40)]
    public void A_value_that_is_too_long_as_a_whole_is_refused_from_any_split(string start, int more)
    {
        var codec = new RespCodec(maxBytes: 48);
        byte[] bytes = [.. System.Text.Encoding.ASCII.GetBytes(start), .. new byte[more + 48]];
        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            Assert.Equal(["TooLarge"], Read(codec, bytes, piece, static _ => "x"));
        }
    }

    [Theory]
    [InlineData("*1000000\r\n")]
    [InlineData("$1048576\r\nab")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n")]
    public void What_a_length_claims_is_not_allocated(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        _ = Read(Resp, bytes, bytes.Length, static _ => "x");
        var buffer = new ReadOnlySequence<byte>(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DecodeStatus.NeedMore, Resp.TryDecode(ref buffer, out _));
        Assert.InRange(
            GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedAtAll + (AllocatedPerByte * bytes.Length));
    }

    [Theory]
    [InlineData("*3000000\r\n", DecodeStatus.TooLarge)]
    [InlineData("$-2\r\n", DecodeStatus.Malformed)]
    [InlineData("?\r\n", DecodeStatus.Malformed)]
    [InlineData("\r\n", DecodeStatus.Malformed)]
    [InlineData("$1\r\nabc", DecodeStatus.Malformed)]
    [InlineData("%-1\r\n", DecodeStatus.Malformed)]
    [InlineData("$-1\r\n", DecodeStatus.Complete)]
    [InlineData("|1\r\n+a\r\n+b\r\n:1\r\n", DecodeStatus.Complete)]
    public void RESP_is_judged_by_its_bytes(string text, DecodeStatus expected)
    {
        var buffer = new ReadOnlySequence<byte>(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, Resp.TryDecode(ref buffer, out _));
    }

    private static byte[] Spiced(byte[] noise)
    {
        const string spice = "*$%~>|!=+-:,_#(12345\r\n\r\n\r\nVALUE k 0 1";
        return [.. noise.Select(value => (byte)spice[value % spice.Length])];
    }

    private static RespValue Value(byte[] shape, ref int i, int depth)
    {
        var next = shape[i++];
        if (next % 3 != 0 || depth == 5)
        {
            return next % 3 == 1 ? new('$', [next, (byte)'\r', (byte)'\n']) : new(':', [(byte)('0' + (next % 10))]);
        }

        var items = new List<RespValue>();
        for (var count = next % 4; count > 0 && i < shape.Length; count--)
        {
            items.Add(Value(shape, ref i, depth + 1));
        }

        return new(next % 2 == 0 ? '*' : '>', Items: [.. items]);
    }

    private static List<string> Read<T>(FrameCodec<T> codec, byte[] stream, int piece, Func<T?, string> name)
    {
        var result = new List<string>();
        var random = new SeededRandomSource((ulong)piece);
        var (status, _) = SplitReader.Read(
            codec, stream.Length, () => piece,
            (from, to) => piece < stream.Length
                ? Split.By(stream.AsMemory(from..to), random.Next)
                : new ReadOnlySequence<byte>(stream, from, to - from),
            message => result.Add(name(message)));
        result.Add($"{status}");
        return result;
    }

    private static void AssertAllocatesByInput<T>(FrameCodec<T> codec, byte[] bytes)
    {
        Drain();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain();
        Assert.InRange(
            GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedAtAll + (AllocatedPerByte * bytes.Length));

        void Drain()
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            while (codec.TryDecode(ref buffer, out _) == DecodeStatus.Complete)
            {
            }
        }
    }
}
