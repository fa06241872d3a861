using NetCore.Framing;
using NetCore.Framing.Internal;

namespace NetCore.Fuzz.Decoders;

/// <summary>The checksum by the processor's instruction, and its scalar twin.</summary>
internal static class ChecksumCheck
{
    public static void Twins(ReadOnlyMemory<byte> input)
    {
        var bytes = input.Span;
        var whole = Crc32C.Compute(bytes);
        BrokenLawException.Unless(whole == Crc32CTable.Append(0, bytes));
        var cut = bytes.IsEmpty ? 0 : bytes[0] % (bytes.Length + 1);
        BrokenLawException.Unless(whole == Crc32C.Append(Crc32C.Compute(bytes[..cut]), bytes[cut..]));
    }
}
