using System.Diagnostics;

namespace NetCore.Core.Internal;

/// <summary>What a tracking pool knows about one of its blocks: stacks, poison and the leases that are out.</summary>
internal sealed class BlockTracker
{
    /// <summary>
    /// Fills memory that has no owner: easy to see in a dump and, read as a length, always too large.
    /// </summary>
    public const byte Poison = 0xDD;

    private readonly Lock _lock = new();
    private readonly Block _block;
    private readonly byte[] _array;

    // Guarded by the lock, like the fields below. Never reused, so a ticket of an earlier life is never open again.
    private readonly HashSet<int> _openTickets = [];
    private int _lastTicket;
    private StackTrace? _rented;
    private StackTrace? _returned;

    public BlockTracker(Block block, byte[] array)
    {
        _block = block;
        _array = array;
        _array.AsSpan().Fill(Poison);
    }

    public int OpenLeases
    {
        get
        {
            lock (_lock)
            {
                return _openTickets.Count;
            }
        }
    }

    /// <summary>Notes the renter. Two frames of the pool itself are left out of the stack.</summary>
    public void OnRent()
    {
        lock (_lock)
        {
            _rented = new StackTrace(2, fNeedFileInfo: false);
            _returned = null;
        }
    }

    /// <summary>Notes the return and poisons the memory. Fails when leases are still out.</summary>
    public void OnReturn()
    {
        lock (_lock)
        {
            if (_openTickets.Count > 0)
            {
                var open = _openTickets.Count;
                _openTickets.Clear();
                throw Misuse.DoubleReturn(_block, $"it lost its last reference while {open} of its leases were not "
                    + "disposed, so somebody released a reference that a lease had taken over");
            }

            _returned = new StackTrace(2, fNeedFileInfo: false);
            _array.AsSpan().Fill(Poison);
        }
    }

    /// <summary>Opens a ticket for a lease; each is closed once.</summary>
    public int OpenTicket()
    {
        if (_block.References == 0)
        {
            throw UseAfterReturn("a lease was made of it");
        }

        lock (_lock)
        {
            _openTickets.Add(++_lastTicket);
            return _lastTicket;
        }
    }

    public void CheckTicket(int ticket)
    {
        lock (_lock)
        {
            if (!_openTickets.Contains(ticket))
            {
                throw UseAfterReturn("a disposed lease was used");
            }
        }
    }

    public void CloseTicket(int ticket)
    {
        lock (_lock)
        {
            if (!_openTickets.Remove(ticket))
            {
                throw Misuse.DoubleReturn(_block, "one lease was disposed twice");
            }
        }
    }

    /// <summary>Fails when somebody wrote to the memory since its return.</summary>
    public void VerifyPoison()
    {
        var written = _array.AsSpan().IndexOfAnyExcept(Poison);
        if (written >= 0)
        {
            throw UseAfterReturn($"byte {written} was written after the return");
        }
    }

    public BlockMisuseException UseAfterReturn(string what) => Misuse.UseAfterReturn(_block, what);

    /// <summary>Where it was rented and, if it was, returned.</summary>
    public string History()
    {
        lock (_lock)
        {
            var text = $"{Environment.NewLine}Rented:{Environment.NewLine}{_rented}";
            return _returned is null ? text : $"{text}Returned:{Environment.NewLine}{_returned}";
        }
    }
}
