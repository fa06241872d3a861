using System.Runtime.InteropServices;

namespace NetCore.Transport.Tests;

/// <summary>Signals to the threads of reactors, which do nothing but interrupt their system calls.</summary>
internal static partial class Signals
{
    // SIGUSR2, which the runtime leaves alone. At most one waits for a thread; real-time signals queue up, and when
    // there are as many as a user may have, no process of that user gets a timer any more.
    private const int Quiet = 12;

    /// <summary>Lets this process survive them, and has them interrupt what waits.</summary>
    public static void Accept()
    {
        // Any function that does nothing will do as a handler, only must it not be managed: a signal comes anywhere.
        var handler = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid");
        Assert.NotEqual(-1, Signal(Quiet, handler));
        Assert.Equal(0, SignalInterrupt(Quiet, 1));
    }

    public static void Send(int thread) => _ = SendSignal(Environment.ProcessId, thread, Quiet);

    /// <summary>That of the reactor that serves it.</summary>
    public static async Task<int> ThreadOf(Peer peer)
    {
        var thread = 0;
        await peer.Connection.RunOnReactor(() => thread = CurrentThread());
        return thread;
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int CurrentThread();

    [LibraryImport("libc", EntryPoint = "tgkill")]
    private static partial int SendSignal(int process, int thread, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "siginterrupt")]
    private static partial int SignalInterrupt(int signal, int interrupts);
}
