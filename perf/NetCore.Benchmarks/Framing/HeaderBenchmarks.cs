using BenchmarkDotNet.Attributes;
using NetCore.Framing;

namespace NetCore.Benchmarks.Framing;

/// <summary>The 16 bytes before each payload, and the check of their rules.</summary>
[MemoryDiagnoser]
public class HeaderBenchmarks
{
    private static readonly FrameHeader Header =
        new(32, FrameKind.Open, FrameFlags.End, UpperProtocol.Rpc, FrameClass.Call, 4711);

    private readonly byte[] _wire = new byte[FrameHeader.Size];

    [GlobalSetup]
    public void SetUp() => FrameEncoder.WriteHeader(_wire, Header);

    [Benchmark]
    public void Encode() => FrameEncoder.WriteHeader(_wire, Header);

    [Benchmark]
    public ulong Decode() =>
        FrameDecoder.TryReadHeader(_wire, out var header) == FrameStatus.Complete ? header.StreamId : Wrong.Status();
}
