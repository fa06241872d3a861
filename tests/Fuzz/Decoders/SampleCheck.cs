using NetCore.Samples.Memcached;
using NetCore.Samples.Redis;

namespace NetCore.Fuzz.Decoders;

/// <summary>The codecs of the samples.</summary>
internal static class SampleCheck
{
    public static void Resp(ReadOnlyMemory<byte> input) => CodecCheck.Any(
        RespHolder.Codec, input, static (sum, value) => Add(sum, value));

    public static void Memcached(ReadOnlyMemory<byte> input) => CodecCheck.Any(
        MemcachedHolder.Codec, input, static (sum, reply) =>
        CodecCheck.Add((sum * 31) + (ulong)string.GetHashCode(reply.Line, StringComparison.Ordinal), reply.Data));

    private static ulong Add(ulong sum, RespValue value)
    {
        sum = CodecCheck.Add((sum * 31) + value.Kind, value.Bytes);
        foreach (var item in value.Items ?? [])
        {
            sum = Add(sum, item);
        }

        return sum;
    }

    // Made when first used: code that is instrumented for coverage must not run before the fuzzer has begun.
    private static class RespHolder
    {
        public static readonly RespCodec Codec = new();
    }

    private static class MemcachedHolder
    {
        public static readonly MemcachedCodec Codec = new();
    }
}
