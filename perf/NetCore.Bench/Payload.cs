using System.Buffers.Binary;

namespace NetCore.Bench;

/// <summary>
/// The bytes of every request: 32, and the first four say whose they are, so that a mix-up is noticed.
/// </summary>
internal static class Payload
{
    public const int Bytes = 32;

    public static byte[] Of(int slot)
    {
        var bytes = new byte[Bytes];
        bytes.AsSpan().Fill(0x5A);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, slot);
        return bytes;
    }

    public static int SlotOf(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt32LittleEndian(payload);

    /// <summary>
    /// Fails unless <paramref name="answer"/> is what <paramref name="slot"/> has sent, by length and first bytes.
    /// </summary>
    public static void Check(int slot, ReadOnlySpan<byte> answer)
    {
        if (answer.Length != Bytes || SlotOf(answer) != slot)
        {
            throw new BenchException($"Caller {slot} got an answer of {answer.Length} bytes that is not its own.");
        }
    }
}
