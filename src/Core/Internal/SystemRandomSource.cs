using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NetCore.Core.Internal;

/// <summary>Random bits of the operating system.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public ulong NextUInt64()
    {
        ulong value = 0;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<ulong>(ref value)));
        return value;
    }
}
