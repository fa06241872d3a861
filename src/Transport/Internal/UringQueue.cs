using System.Runtime.InteropServices;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Requests on their way into a ring. For its thread.</summary>
internal sealed class UringQueue(Ring ring)
{
    // Requests for which the kernel had no room. They keep their order, and go before those that follow.
    private readonly Queue<SubmissionEntry> _late = new();

    // Requests that were in vain a moment ago.
    private readonly Queue<SubmissionEntry> _again = new();

    // Requests that go behind all others of the turn.
    private readonly List<SubmissionEntry> _last = [];
    private int _mostLate;
    private long _requests;

    /// <summary>Whether some wait for room.</summary>
    public bool HasLate => _late.Count > 0;

    /// <summary>The most that waited for room at once; from any thread.</summary>
    public int MostLate => Volatile.Read(ref _mostLate);

    /// <summary>Requests that were put into the ring; from any thread.</summary>
    public long Requests => Volatile.Read(ref _requests);

    public void Add(in SubmissionEntry entry)
    {
        if (HasLate || !TryPut(entry))
        {
            _late.Enqueue(entry);
            Volatile.Write(ref _mostLate, Math.Max(_mostLate, _late.Count));
        }
    }

    /// <summary>
    /// Behind all that is added before the next <see cref="Fill"/>; among themselves they keep their order.
    /// </summary>
    public void AddLast(in SubmissionEntry entry) => _last.Add(entry);

    /// <summary>Puts those that wait into the ring, as far as there is room.</summary>
    public void Fill()
    {
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_last))
        {
            Add(entry);
        }

        _last.Clear();
        while (_late.TryPeek(out var late) && TryPut(late))
        {
            _late.Dequeue();
        }
    }

    /// <summary>Not before <see cref="Recall"/>.</summary>
    public void AddLater(in SubmissionEntry entry) => _again.Enqueue(entry);

    /// <summary>The longest sleep: a millisecond when something is to be tried again.</summary>
    public int Bound(int milliseconds) => _again.Count > 0 && milliseconds != 0 ? 1 : milliseconds;

    /// <summary>After a look or a wait: what is to be tried again goes with the next one.</summary>
    public void Recall()
    {
        while (_again.TryDequeue(out var entry))
        {
            _late.Enqueue(entry);
        }
    }

    private unsafe bool TryPut(in SubmissionEntry entry)
    {
        var place = ring.TryGetEntry();
        if (place is null)
        {
            return false;
        }

        *place = entry;
        Volatile.Write(ref _requests, _requests + 1);
        return true;
    }
}
