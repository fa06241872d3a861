using BenchmarkDotNet.Attributes;
using NetCore.Framing;

namespace NetCore.Benchmarks.Framing;

/// <summary>Whole frames: a small call, a page of data, the largest frame there is.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private readonly byte[] _output = new byte[FramingLimits.MaxFrameBytes];
    private FrameHeader _header;
    private byte[] _payload = [];
    private byte[] _wire = [];

    [Params(32, 1024, 16 * 1024)]
    public int PayloadBytes { get; set; }

    [Params(false, true)]
    public bool Checksum { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var flags = FrameFlags.End | (Checksum ? FrameFlags.Checksum : FrameFlags.None);
        _header = new FrameHeader(PayloadBytes, FrameKind.Open, flags, UpperProtocol.Rpc, FrameClass.Call, 4711);
        _payload = Samples.Noise(PayloadBytes);
        _wire = new byte[_header.WireLength];
        FrameEncoder.TryWrite(_wire, _header, _payload, out _);
    }

    [Benchmark]
    public int TryWrite() =>
        FrameEncoder.TryWrite(_output, _header, _payload, out var written) ? written : (int)Wrong.Status();

    [Benchmark]
    public int TryRead() => FrameDecoder.TryRead(_wire, out var frame, out _) == FrameStatus.Complete
        ? frame.Payload.Length
        : (int)Wrong.Status();
}
