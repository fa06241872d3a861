using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>An epoll descriptor with its array of events, level-triggered. Of one thread.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    public const uint Input = 0x001;
    public const uint Output = 0x004;

    private const int Most = 512;
    private const int Add = 1;
    private const int Modify = 3;
    private const int Wait2Number = 441;

    // The kernel packs the entry on x64 only: 4 bytes of events, then 8 of data with or without a gap between.
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EntryBytes = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly int _fd = Libc.EpollCreate(Libc.CloseOnExec);
    private readonly byte* _entries = (byte*)NativeMemory.Alloc(Most * 16);

    /// <summary>Whether <see cref="WaitFor"/> waits; known after its first call.</summary>
    public bool HasFineWait { get; private set; } = true;

    /// <summary>Watches <paramref name="fd"/>, which is also what <see cref="Fd"/> gives back.</summary>
    public void Watch(int fd, uint events) => Control(Add, fd, events);

    public void Change(int fd, uint events) => Control(Modify, fd, events);

    public int Fd(int index) => *(int*)(_entries + (index * EntryBytes) + DataOffset);

    public uint Events(int index) => *(uint*)(_entries + (index * EntryBytes));

    /// <summary>How many are ready; 0 after the time, or when a signal came.</summary>
    /// <param name="milliseconds">0 only looks, -1 waits for ever.</param>
    public int Wait(int milliseconds)
    {
        var count = Libc.EpollWait(_fd, _entries, Most, milliseconds);
        return count >= 0 ? count : Libc.Errno == Libc.Interrupted ? 0 : throw Libc.Failed("epoll_wait");
    }

    /// <summary>The same with the precision of the clock, where the kernel has that; else only looks.</summary>
    public int WaitFor(long nanoseconds)
    {
        if (!HasFineWait)
        {
            return Wait((int)(nanoseconds / 1_000_000));
        }

        var time = stackalloc long[2];
        time[0] = nanoseconds / 1_000_000_000;
        time[1] = nanoseconds % 1_000_000_000;
        var count = (int)Libc.EpollWait2(Wait2Number, _fd, _entries, Most, time, 0, 8);
        if (count >= 0)
        {
            return count;
        }

        HasFineWait = Libc.Errno != Libc.NoSystemCall;
        return Libc.Errno is Libc.Interrupted or Libc.NoSystemCall ? 0 : throw Libc.Failed("epoll_pwait2");
    }

    public void Dispose()
    {
        _ = Libc.Close(_fd);
        NativeMemory.Free(_entries);
    }

    private void Control(int operation, int fd, uint events)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + DataOffset) = fd;
        if (Libc.EpollControl(_fd, operation, fd, entry) != 0)
        {
            throw Libc.Failed("epoll_ctl");
        }
    }
}
