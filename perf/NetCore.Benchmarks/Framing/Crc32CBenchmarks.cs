using BenchmarkDotNet.Attributes;
using NetCore.Framing;
using NetCore.Framing.Internal;

namespace NetCore.Benchmarks.Framing;

/// <summary>The checksum by the processor's instruction, where it has one, against the table.</summary>
[MemoryDiagnoser]
public class Crc32CBenchmarks
{
    private byte[] _data = [];

    [Params(32, 1024, 16 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void SetUp() => _data = Samples.Noise(Bytes);

    [Benchmark]
    public uint Hardware() => Crc32C.Compute(_data);

    [Benchmark(Baseline = true)]
    public uint Scalar() => Crc32CTable.Append(0, _data);
}
