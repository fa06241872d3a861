using System.Runtime.InteropServices;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Requests on their way into a ring. For its thread.</summary>
internal sealed class UringQueue(Ring ring)
{
    // Requests for which the kernel had no room. They keep their order, and go before those that follow.
    private readonly Queue<SubmissionEntry> _late = new();

    // Requests that go behind all others of the turn.
    private readonly List<SubmissionEntry> _last = [];
    private int _mostLate;

    /// <summary>Whether some wait for room.</summary>
    public bool HasLate => _late.Count > 0;

    /// <summary>The most that waited for room at once; from any thread.</summary>
    public int MostLate => Volatile.Read(ref _mostLate);

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

    private unsafe bool TryPut(in SubmissionEntry entry)
    {
        var place = ring.TryGetEntry();
        if (place is null)
        {
            return false;
        }

        *place = entry;
        return true;
    }
}
