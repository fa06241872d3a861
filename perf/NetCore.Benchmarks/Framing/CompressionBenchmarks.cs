using BenchmarkDotNet.Attributes;
using NetCore.Framing;

namespace NetCore.Benchmarks.Framing;

/// <summary>
/// LZ4 of one payload that compresses well, and of one that does not; the second has nothing to decompress.
/// </summary>
[MemoryDiagnoser]
public class CompressionBenchmarks
{
    private readonly byte[] _output = new byte[FramingLimits.MaxPayloadBytes];
    private byte[] _text = [];
    private byte[] _noise = [];
    private byte[] _compressed = [];
    private FrameHeader _header;

    [Params(256, 512, 1024, 2048, 16 * 1024)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _text = Samples.Records(PayloadBytes);
        _noise = Samples.Noise(PayloadBytes);
        if (!FrameEncoder.TryCompress(_text, _output, out var written))
        {
            throw new InvalidOperationException("The records do not compress.");
        }

        _compressed = _output[..written];
        _header = new FrameHeader(
            written, FrameKind.Open, FrameFlags.Compressed, UpperProtocol.Rpc, FrameClass.Call, 4711);
    }

    [Benchmark]
    public int Compress() => FrameEncoder.TryCompress(_text, _output, out var written) ? written : (int)Wrong.Status();

    [Benchmark]
    public bool CompressNoise() => FrameEncoder.TryCompress(_noise, _output, out _);

    [Benchmark]
    public int Decompress()
    {
        var frame = new FrameView(_header, _compressed);
        return FrameDecoder.TryDecompress(frame, _output, out var written) == FrameStatus.Complete
            ? written
            : (int)Wrong.Status();
    }
}
