using System.Buffers.Binary;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>The CRC of Castagnoli's polynomial, reflected, as in iSCSI: the one that processors compute.</summary>
/// <remarks>It finds accidents of memory and wire; it is no protection against a forger. Thread-safe.</remarks>
public static class Crc32C
{
    /// <summary>The CRC of <paramref name="data"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>The CRC of what <paramref name="crc"/> stands for followed by <paramref name="data"/>.</summary>
    /// <param name="crc">A result of this class, or 0 for nothing.</param>
    /// <param name="data">The bytes that follow.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        if (Sse42.X64.IsSupported)
        {
            return AppendX64(crc, data);
        }

        return Crc32.Arm64.IsSupported ? AppendArm64(crc, data) : Crc32CTable.Append(crc, data);
    }

    private static uint AppendX64(uint crc, ReadOnlySpan<byte> data)
    {
        ulong state = ~crc;
        while (data.Length >= sizeof(ulong))
        {
            state = Sse42.X64.Crc32(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        var tail = (uint)state;
        foreach (var value in data)
        {
            tail = Sse42.Crc32(tail, value);
        }

        return ~tail;
    }

    private static uint AppendArm64(uint crc, ReadOnlySpan<byte> data)
    {
        var state = ~crc;
        while (data.Length >= sizeof(ulong))
        {
            state = Crc32.Arm64.ComputeCrc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            state = Crc32.ComputeCrc32C(state, value);
        }

        return ~state;
    }
}
