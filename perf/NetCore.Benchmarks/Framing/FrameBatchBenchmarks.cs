using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using NetCore.Framing;

namespace NetCore.Benchmarks.Framing;

/// <summary>
/// A thousand frames in a row, as a busy connection brings them, against copying the same bytes and reading 16 of them;
/// times are for one frame. A frame that is read is not copied, one that is written is.
/// </summary>
[MemoryDiagnoser]
public class FrameBatchBenchmarks
{
    private const int Frames = 1000;

    private byte[] _payload = [];
    private byte[] _wire = [];
    private byte[] _output = [];

    [Params(32, 1024, FramingLimits.MaxPayloadBytes)]
    public int PayloadBytes { get; set; }

    private int FrameBytes => FrameHeader.Size + PayloadBytes;

    [GlobalSetup]
    public void SetUp()
    {
        _payload = Samples.Noise(PayloadBytes);
        _wire = new byte[Frames * FrameBytes];
        _output = new byte[Frames * FrameBytes];
        Write(_wire);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public ulong Copy()
    {
        ulong sum = 0;
        for (var at = 0; at < _wire.Length; at += FrameBytes)
        {
            var frame = _wire.AsSpan(at, FrameBytes);
            frame.CopyTo(_output.AsSpan(at));
            sum += BinaryPrimitives.ReadUInt64LittleEndian(frame) + BinaryPrimitives.ReadUInt64LittleEndian(frame[8..]);
        }

        return sum;
    }

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
