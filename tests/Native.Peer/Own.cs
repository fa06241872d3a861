using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetCore.Native.Peer;

/// <summary>What a process can do to itself.</summary>
internal static unsafe partial class Own
{
    private const string Library = "libc";

    public static void Check(nint answer, string call)
    {
        if (answer != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), call);
        }
    }

    /// <summary>Turns into another program; comes back only by an exception.</summary>
    public static void Become(string[] program)
    {
        var arguments = stackalloc byte*[program.Length + 1];
        for (var i = 0; i < program.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(program[i]);
        }

        arguments[program.Length] = null;
        Check(Execute(arguments[0], arguments), "execvp");
    }

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, long* softAndHard);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport(Library, EntryPoint = "setgid", SetLastError = true)]
    public static partial int SetGroup(uint group);

    [LibraryImport(Library, EntryPoint = "setuid", SetLastError = true)]
    public static partial int SetUser(uint user);

    [LibraryImport(Library, EntryPoint = "execvp", SetLastError = true)]
    private static partial int Execute(byte* file, byte** arguments);
}
