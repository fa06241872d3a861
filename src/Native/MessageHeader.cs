using System.Runtime.InteropServices;

namespace NetCore.Native;

/// <summary><c>struct msghdr</c> of 64-bit Linux; the padding after the name's length is implied.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
