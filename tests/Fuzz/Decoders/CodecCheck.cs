using System.Buffers;
using NetCore.Framing;
using NetCore.Framing.Tests;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Decoders;

/// <summary>The laws of the seam for codecs, over any bytes.</summary>
internal static class CodecCheck
{
    private const int AllocatedPerByte = 64;
    private const int AllocatedAtAll = 64 * 1024;

    private static readonly Pieces Pieces = new();
    private static readonly GuardedMemory Output = new(128 * 1024);

    /// <summary>
    /// Any split gives the same messages and the same end, and what is allocated follows what has arrived.
    /// </summary>
    /// <param name="codec">The codec.</param>
    /// <param name="input">What arrives.</param>
    /// <param name="digest">Adds a message to a sum without allocating.</param>
    public static void Any<T>(FrameCodec<T> codec, ReadOnlyMemory<byte> input, Func<ulong, T, ulong> digest)
    {
        var (count, sum) = (0, 0UL);
        Action<T?> take = message =>
        {
            count++;
            sum = digest(sum, message!);
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var whole = SplitReader.Read(
            codec, input.Length, () => input.Length,
            (start, end) => new ReadOnlySequence<byte>(input[start..end]), take);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        BrokenLawException.Unless(allocated <= ((long)AllocatedPerByte * input.Length) + AllocatedAtAll);

        var (expectedCount, expectedSum) = (count, sum);
        (count, sum) = (0, 0);
        var random = Mixed(input.Span);
        var split = SplitReader.Read(
            codec,
            input.Length,
            () => 1 + (int)((random = Next(random)) % (uint)((input.Length / 8) + 1)),
            (start, end) => Pieces.Of(input[start..end], 1 + (int)(random % 7)),
            take);
        BrokenLawException.Unless(split == whole);
        BrokenLawException.Unless(count == expectedCount && sum == expectedSum);
    }

    /// <summary>
    /// A ready codec, chosen by the first byte: also spans, and what is read is written and read again.
    /// </summary>
    public static void Ready(BytesCodec[] codecs, ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var codec = codecs[input.Span[0] % codecs.Length];
        input = input[1..];
        Any(codec, input, static (sum, message) => Add(sum, message));

        var rest = input.Span;
        var status = codec.TryDecode(ref rest, out var message);
        var sequence = new ReadOnlySequence<byte>(input);
        BrokenLawException.Unless(codec.TryDecode(ref sequence, out var other) == status);
        BrokenLawException.Unless(rest.Length == sequence.Length && other.FirstSpan.SequenceEqual(message));
        if (status == DecodeStatus.Complete)
        {
            WriteAndRead(codec, message);
        }
    }

    /// <summary>Adds bytes to a sum.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes) =>
        Next(((sum << 32) | Crc32C.Append((uint)sum, bytes)) + (uint)bytes.Length);

    private static ulong Add(ulong sum, in ReadOnlySequence<byte> message)
    {
        var crc = 0u;
        foreach (var memory in message)
        {
            crc = Crc32C.Append(crc, memory.Span);
        }

        return Next(sum + ((ulong)message.Length << 32) + crc);
    }

    private static void WriteAndRead(BytesCodec codec, ReadOnlySpan<byte> message)
    {
        // A reader may take more than its writer would write, such as a line that ends in CR.
        var output = Output.AtEnd(Math.Min(message.Length + FramingLimits.MaxHeadBytes, 128 * 1024)).Span;
        try
        {
            if (message.Length < codec.MinLength || !codec.TryEncode(message, output, out var length))
            {
                return;
            }

            ReadOnlySpan<byte> wire = output[..length];
            BrokenLawException.Unless(codec.TryDecode(ref wire, out var back) == DecodeStatus.Complete);
            BrokenLawException.Unless(wire.IsEmpty && back.SequenceEqual(message));
        }
        catch (ArgumentException)
        {
        }
    }

    private static ulong Mixed(ReadOnlySpan<byte> bytes) => Next(Crc32C.Compute(bytes) + ((ulong)bytes.Length << 32));

    private static ulong Next(ulong value)
    {
        value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15;
        return value ^ (value >> 29);
    }
}
