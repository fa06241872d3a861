using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>32 bytes that travel as they lie in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Payload32(ulong First, ulong Second, ulong Third, ulong Fourth);
