using BenchmarkDotNet.Attributes;
using NetCore.Framing;

namespace NetCore.Benchmarks.Framing;

/// <summary>A thousand small frames in a row, as a busy connection brings them; times are for one frame.</summary>
[MemoryDiagnoser]
public class FrameBatchBenchmarks
{
    private const int Frames = 1000;
    private const int PayloadBytes = 32;
    private const int FrameBytes = FrameHeader.Size + PayloadBytes;

    private readonly byte[] _payload = Samples.Noise(PayloadBytes);
    private readonly byte[] _wire = new byte[Frames * FrameBytes];
    private readonly byte[] _output = new byte[Frames * FrameBytes];

    [GlobalSetup]
    public void SetUp() => Write(_wire);

    [Benchmark(OperationsPerInvoke = Frames)]
    public int TryWrite() => Write(_output);

    [Benchmark(OperationsPerInvoke = Frames)]
    public int TryRead()
    {
        var rest = _wire.AsSpan();
        var payload = 0;
        while (FrameDecoder.TryRead(rest, out var frame, out var consumed) == FrameStatus.Complete)
        {
            payload += frame.Payload.Length;
            rest = rest[consumed..];
        }

        return rest.IsEmpty ? payload : (int)Wrong.Status();
    }

    private int Write(Span<byte> destination)
    {
        var end = 0;
        for (var i = 0; i < Frames; i++)
        {
            var header = new FrameHeader(
                PayloadBytes, FrameKind.Open, FrameFlags.End, UpperProtocol.Rpc, FrameClass.Call, (ulong)(2 * i) + 1);
            FrameEncoder.TryWrite(destination[end..], header, _payload, out var written);
            end += written;
        }

        return end;
    }
}
