using NetCore.Native;

namespace NetCore.Transport.Tests.Explored;

// The source of the inbox is compiled once more in this namespace, where these names come before those of the system:
// each is the real thing, before which the explorer may run another thread.
#pragma warning disable CA1711, SA1402
internal static class Interlocked
{
    public static int Exchange(ref int location, int value)
    {
        Step.Before();
        return System.Threading.Interlocked.Exchange(ref location, value);
    }

    public static int CompareExchange(ref int location, int value, int comparand)
    {
        Step.Before();
        return System.Threading.Interlocked.CompareExchange(ref location, value, comparand);
    }

    public static void MemoryBarrier() => Step.Before();
}

internal static class Volatile
{
    public static int Read(ref readonly int location)
    {
        Step.Before();
        return System.Threading.Volatile.Read(in location);
    }

    public static long Read(ref readonly long location) => System.Threading.Volatile.Read(in location);

    public static void Write(ref int location, int value)
    {
        Step.Before();
        System.Threading.Volatile.Write(ref location, value);
    }

    public static void Write(ref long location, long value) => System.Threading.Volatile.Write(ref location, value);
}

internal sealed class ConcurrentQueue<T>
{
    private readonly Queue<T> _items = new();

    public int Count
    {
        get
        {
            Step.Before();
            return _items.Count;
        }
    }

    public bool IsEmpty => Count == 0;

    public void Enqueue(T item)
    {
        Step.Before();
        _items.Enqueue(item);
    }

    public bool TryDequeue([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        Step.Before();
        return _items.TryDequeue(out item);
    }
}

/// <summary>For the lock statement, whose body is one step.</summary>
internal sealed class Lock
{
    public Lock() => Explorer.Current.Locks.Add(this);
}

internal static class Epoll
{
    public static SyscallResult CreateWakeUp() => new(Explorer.Current.Kernel.Open(), Errno.None);

    public static void Wake(int number)
    {
        Step.Before();
        Explorer.Current.Kernel.Write(number);
    }
}

internal static class Sockets
{
    public static void Close(int number)
    {
        Step.Before();
        Explorer.Current.Kernel.Close(number);
    }
}

internal static class NativeErrors
{
    public static int Check(SyscallResult result, string call) => call.Length > 0 ? result.Value : -1;
}

internal static class Step
{
    public static void Before()
    {
        if (!Explorer.Current.Locks.Exists(Monitor.IsEntered))
        {
            Explorer.Yield();
        }
    }
}
