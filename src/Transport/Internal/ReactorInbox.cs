using System.Collections.Concurrent;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Work that other threads give a reactor, and the wake-up: at most one system call for each sleep.</summary>
/// <remarks>
/// The poster makes its item visible by a locked instruction (the queue's ticket) and then reads the sleeping flag; the
/// reactor sets the flag by a locked instruction and then looks at the queue. One of them sees the other.
/// </remarks>
internal sealed class ReactorInbox : IDisposable
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _items = new();
    private readonly Lock _closing = new();
    private readonly int _wakeUp;
    private int _sleeping;
    private long _wakes;
    private bool _closed;

    public ReactorInbox() => _wakeUp = NativeErrors.Check(Epoll.CreateWakeUp(), "eventfd");

    /// <summary>Written to for a wake-up, never read: in edge-triggered mode each write is an event.</summary>
    public int Descriptor => _wakeUp;

    /// <summary>Wake-ups so far, each a system call.</summary>
    public long Wakes => Volatile.Read(ref _wakes);

    public bool HasItems => !_items.IsEmpty;

    public int Count => _items.Count;

    public void Post(IThreadPoolWorkItem item)
    {
        _items.Enqueue(item);
        Wake();
    }

    public bool TryTake(out IThreadPoolWorkItem? item) => _items.TryDequeue(out item);

    /// <summary>False when there is work: then the reactor must not sleep.</summary>
    public bool BeginSleep()
    {
        Interlocked.Exchange(ref _sleeping, 1);
        if (_items.IsEmpty)
        {
            return true;
        }

        Volatile.Write(ref _sleeping, 0);
        return false;
    }

    public void EndSleep() => Volatile.Write(ref _sleeping, 0);

    public void Wake()
    {
        // What the caller has written must not be seen later than this look at the flag.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) == 0 || Interlocked.CompareExchange(ref _sleeping, 0, 1) != 1)
        {
            return;
        }

        // The number may belong to another file after the close.
        lock (_closing)
        {
            if (!_closed)
            {
                Volatile.Write(ref _wakes, _wakes + 1);
                Epoll.Wake(_wakeUp);
            }
        }
    }

    public void Dispose()
    {
        lock (_closing)
        {
            _closed = true;
            Sockets.Close(_wakeUp);
        }
    }
}
