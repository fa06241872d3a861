using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>
/// A connection of the ring's floor: its memory is the kernel's while a receive or a send is in flight.
/// </summary>
internal sealed unsafe class UringConnection : IDisposable
{
    public const int BufferBytes = 64 * 1024;

    public UringConnection(int fd, bool framed)
    {
        Fd = fd;
        Input = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);

        // Plain bytes go back from where they came.
        Output = framed ? (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64) : Input;
    }

    public int Fd { get; }

    public byte* Input { get; private set; }

    public byte* Output { get; private set; }

    /// <summary>Bytes at the start of the input that are of a frame whose end has not come.</summary>
    public int Kept { get; set; }

    /// <summary>Bytes read so far, counted by a sink.</summary>
    public long Read { get; set; }

    public void Dispose()
    {
        if (Output != Input)
        {
            NativeMemory.AlignedFree(Output);
        }

        NativeMemory.AlignedFree(Input);
        Input = Output = null;
    }
}
