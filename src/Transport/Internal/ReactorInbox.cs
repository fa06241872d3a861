using System.Collections.Concurrent;
using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Work that other threads give a reactor, and the wake-up: at most one system call for each sleep.</summary>
/// <remarks>
/// One word says whether there is news and whether the reactor sleeps. A poster queues its item and then exchanges the
/// word for "news", by a locked instruction; the reactor exchanges it back before it looks into the queue, and goes to
/// sleep only from "nothing". So no item is left in the queue without news, and whoever replaces "sleeping" wakes.
/// </remarks>
internal sealed class ReactorInbox : IDisposable
{
    // Items in one go: then what has come with the others is seen to first.
    private const int MaxItems = 256;

    // What the items post runs at once this many times over, so that an item and what follows from it (a call, its
    // answer, their flush) do without a look at the events; one that posts itself for ever does not.
    private const int MaxGoes = 4;

    private const int Nothing = 0;
    private const int News = 1;
    private const int Sleeping = 2;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _items = new();
    private readonly Lock _closing = new();
    private readonly int _wakeUp;
    private int _word;
    private long _wakes;
    private volatile bool _closed;

    // Of the reactor's thread.
    private int _goes;
    private bool _more;

    public ReactorInbox() => _wakeUp = NativeErrors.Check(Epoll.CreateWakeUp(), "eventfd");

    /// <summary>Written to for a wake-up, never read: in edge-triggered mode each write is an event.</summary>
    public int Descriptor => _wakeUp;

    /// <summary>Wake-ups so far, each a system call.</summary>
    public long Wakes => Volatile.Read(ref _wakes);

    /// <summary>Whether somebody has posted or called <see cref="Wake"/> since the last look; a plain read.</summary>
    public bool HasNews => Volatile.Read(ref _word) == News;

    /// <summary>Runs what comes after the end; null when nobody does.</summary>
    public IExecutor? Heir { get; set; }

    public void Post(IThreadPoolWorkItem item)
    {
        // A full fence follows the item: either this sees the end, or the end sees the item.
        _items.Enqueue(item);
        Wake();
        if (_closed)
        {
            LeaveToHeir();
        }
    }

    /// <summary>Whether items have run so often that events come first now.</summary>
    public bool MustLook => _goes == MaxGoes;

    /// <summary>The events have been looked at.</summary>
    public void OnLooked() => _goes = 0;

    /// <summary>
    /// The last run took news, items or a mere <see cref="Wake"/>: nobody may sleep before whoever drives the reactor
    /// has looked for what it was about. On the reactor's thread.
    /// </summary>
    public bool TookNews { get; private set; }

    /// <summary>Runs what has been posted, and some of what follows; true when anything ran.</summary>
    public bool Run()
    {
        TookNews = TakeNews();
        if (!TookNews && !_more)
        {
            return false;
        }

        // An item may throw: then the rest is for the next run.
        var ran = false;
        for (_more = true; _goes < MaxGoes; ran = true)
        {
            var count = Math.Min(_items.Count, MaxItems);
            if (count == 0)
            {
                _more = false;
                break;
            }

            _goes++;
            for (var i = 0; i < count && _items.TryDequeue(out var item); i++)
            {
                item.Execute();
            }
        }

        return ran;
    }

    /// <summary>False when there is news: then the reactor must not sleep.</summary>
    public bool BeginSleep() => Interlocked.CompareExchange(ref _word, Sleeping, Nothing) == Nothing;

    public void EndSleep() => Interlocked.CompareExchange(ref _word, Nothing, Sleeping);

    /// <summary>Ends a sleep, or the next one before it begins. From any thread.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _word, News) != Sleeping)
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

        Interlocked.MemoryBarrier();
        LeaveToHeir();
    }

    private void LeaveToHeir()
    {
        while (Heir is { } heir && _items.TryDequeue(out var item))
        {
            heir.Post(item);
        }
    }

    // Before the look into the queue: what is posted after it is news again.
    private bool TakeNews() => HasNews && Interlocked.Exchange(ref _word, Nothing) == News;
}
