using System.Runtime.InteropServices;

namespace NetCore.Bench.Doctor;

/// <summary>The system calls of the doctor beyond those of the floor; each gives -errno when it fails.</summary>
internal static unsafe partial class Kernel
{
    public const int NotPermitted = 1;
    public const int NoMemory = 12;
    public const int Invalid = 22;
    public const int NoSystemCall = 38;

    // These numbers are the same on every architecture.
    private const int SetupNumber = 425;
    private const int EnterNumber = 426;
    private const int RegisterNumber = 427;
    private const int MapShared = 1;
    private const int MapPopulate = 0x8000;
    private const int ReadWrite = 3;

    public static int UringSetup(int entries, byte* parameters) =>
        Result(Call(SetupNumber, entries, (nint)parameters, 0, 0, 0, 0));

    public static int UringEnter(int ring, int submit, int wait, int flags) =>
        Result(Call(EnterNumber, ring, submit, wait, flags, 0, 0));

    public static int UringRegister(int ring, int operation, void* argument, int count) =>
        Result(Call(RegisterNumber, ring, operation, (nint)argument, count, 0, 0));

    /// <summary>Any system call that reads nothing and writes nothing.</summary>
    public static int Plain(int number) => Result(Call(number, 0, 0, 0, 0, 0, 0));

    /// <summary>Memory that is shared with a ring; null when it cannot be mapped.</summary>
    public static byte* Map(int ring, nint bytes, long offset)
    {
        var address = MapMemory(null, bytes, ReadWrite, MapShared | MapPopulate, ring, (nint)offset);
        return address == (byte*)-1 ? null : address;
    }

    public static void Unmap(byte* address, nint bytes) => _ = UnmapMemory(address, bytes);

    public static int Control(int fd, nint request, void* argument) => Result(ControlDevice(fd, request, argument));

    public static int Read(int fd, void* buffer, nint bytes) => Result(ReadFile(fd, buffer, bytes));

    /// <summary>Two sockets that are connected with each other.</summary>
    public static int SocketPair(int* pair) =>
        Result(MakePair(Contenders.Libc.Unix, Contenders.Libc.Stream | Contenders.Libc.CloseOnExec, 0, pair));

    /// <summary>A function of libc that returns a number and enters no kernel.</summary>
    [LibraryImport("libc", EntryPoint = "getpagesize")]
    public static partial int Nothing();

    /// <summary>Moves the calling thread to <paramref name="core"/>.</summary>
    public static int PinThread(int core)
    {
        const int words = 128;
        var mask = stackalloc ulong[words];
        new Span<ulong>(mask, words).Clear();
        mask[core / 64] = 1UL << (core % 64);
        return Result(SetAffinity(0, words * sizeof(ulong), mask));
    }

    private static int Result(nint value) => value >= 0 ? (int)value : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MapMemory(void* hint, nint bytes, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapMemory(void* address, nint bytes);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlDevice(int fd, nint request, void* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(int fd, void* buffer, nint bytes);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int MakePair(int family, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
