using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary><c>struct io_uring_probe</c> with room for every operation; since Linux 5.6.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OperationProbe
{
    /// <summary>The most entries that the kernel takes.</summary>
    public const int MaxEntries = 256;

    private const ushort Supported = 1;

    public byte LastOperation;
    public byte Count;
    public ushort Reserved0;
    public uint Reserved1;
    public uint Reserved2;
    public uint Reserved3;
    public ProbedOperations Operations;

    public readonly bool Has(Operation operation) =>
        (byte)operation <= LastOperation && (Operations[(byte)operation].Flags & Supported) != 0;
}

/// <summary><c>struct io_uring_probe_op</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProbedOperation
{
    public byte Operation;
    public byte Reserved0;
    public ushort Flags;
    public uint Reserved1;
}

/// <summary>One entry for each operation.</summary>
[InlineArray(OperationProbe.MaxEntries)]
internal struct ProbedOperations
{
    private ProbedOperation _first;
}
