using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetCore.Framing;
using NetCore.Fuzz.Decoders;
using NetCore.Fuzz.Driver;

namespace NetCore.Fuzz;

/// <summary>Targets with a bug each, which the driver must find: they prove that it finds anything.</summary>
internal static class Canaries
{
    private const byte Trigger = 0x42;

    private static int _hits;

    /// <summary>No bug: it waits for longer than an input may take, and does nothing meanwhile.</summary>
    public static FuzzTarget Kept { get; } =
        new("kept-waiting", static input => Wait(Hit(input) ? TimeSpan.FromMilliseconds(80) : default));

    /// <summary>It hangs when it is hit often, so never in a process that replays one input.</summary>
    public static FuzzTarget Often { get; } =
        new("canary-often", static input => Spin(Hit(input) && _hits++ > 20 ? TimeSpan.MaxValue : default));

    public static FuzzTarget[] All { get; } =
    [
        new("canary-throw", static input => BrokenLawException.Unless(!Hit(input))),
        new("canary-read-behind", static input => Touch(input, input.Length)),
        new("canary-read-before", static input => Touch(input, -1)),
        new("canary-stack", static input => Recurse(Hit(input) ? int.MaxValue : 0)),
        new("canary-slow", static input => Spin(Hit(input) ? TimeSpan.FromMilliseconds(80) : default)),
        new("canary-hang", static input => Spin(Hit(input) ? TimeSpan.MaxValue : default)),
        new("canary-wait", static input => Wait(Hit(input) ? Timeout.InfiniteTimeSpan : default)),
        new("canary-allocate", static input => CodecCheck.Any(new Trusting(), input, static (sum, _) => sum)),
    ];

    private static bool Hit(ReadOnlyMemory<byte> input) => input.Length > 2 && input.Span[1] == Trigger;

    private static void Touch(ReadOnlyMemory<byte> input, int index)
    {
        if (Hit(input))
        {
            _ = Volatile.Read(ref Unsafe.Add(ref MemoryMarshal.GetReference(input.Span), index));
        }
    }

    private static int Recurse(int depth) => depth == 0 ? 0 : Recurse(depth - 1) + depth;

    private static void Spin(TimeSpan time)
    {
        for (var start = ProcessorTime.OfThread; time > TimeSpan.Zero && ProcessorTime.OfThread - start < time;)
        {
        }
    }

    private static void Wait(TimeSpan time)
    {
        if (time != TimeSpan.Zero)
        {
            // Without an end it is the bug; else it stands for a machine that lets the thread wait.
            Thread.Sleep(time);
        }
    }

    // It allocates what a length claims.
    private sealed class Trusting : FrameCodec<byte[]>
    {
        public override DecodeStatus TryDecode(ref System.Buffers.ReadOnlySequence<byte> buffer, out byte[]? message)
        {
            message = buffer.Length < 2 ? [] : new byte[buffer.FirstSpan[1] * 1024];
            return DecodeStatus.NeedMore;
        }

        public override void Encode(in byte[] message, System.Buffers.IBufferWriter<byte> output)
        {
        }
    }
}
