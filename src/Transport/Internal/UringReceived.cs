using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What a ring has received for a connection, which has not taken it. For the ring's thread.</summary>
internal unsafe struct UringReceived(UringSet set)
{
    // Receives that have to leave room in their buffer before one request receives again and again: a stream in bulk
    // leaves some now and then, and to end such a request costs a cancel and a completion.
    private const byte Calm = 16;

    private readonly UringSet _set = set;

    // The buffers that hold bytes, the first of which is taken up to the offset.
    private int _first = UringShots.None;
    private int _last = UringShots.None;
    private int _offset;
    private bool _more;
    private bool _lacked;
    private bool _ended;
    private Errno _error;
    private byte _bulk;

    /// <summary>Whether a receive is worth trying.</summary>
    public bool HasMore
    {
        readonly get => _more || _first != UringShots.None;
        set => _more = value;
    }

    /// <summary>
    /// Whether more than a buffer came at once, lately: then receives straight into a block take eight times as much
    /// by one call, and copy nothing.
    /// </summary>
    public readonly bool ComesInBulk => _bulk > 0;

    /// <summary>Buffers that hold bytes.</summary>
    public int Held { get; private set; }

    /// <summary>A receive into a buffer of the kernel's choice; without buffers a wait for input.</summary>
    public readonly SubmissionEntry Begin(int descriptor, bool isUnix, ulong data)
    {
        var entry = default(SubmissionEntry);
        if (!_set.HasBuffers)
        {
            entry.Poll(descriptor, UringSet.PollIn, data);
            return entry;
        }

        var multishot = _set.Settings.Multishot;
        var again = !ComesInBulk && _set.Has(RingFeatures.ReceiveMultishot)
            && (multishot == UringMultishot.Always || (multishot == UringMultishot.Tcp && !isUnix));
        if (again)
        {
            entry.ReceiveMultishot(descriptor, UringSet.Group, data);
        }
        else
        {
            entry.ReceiveSelected(descriptor, UringSet.Group, data);
        }

        // A try takes a buffer before it looks: while there is none it would fail at once, again and again. One that
        // goes on waits nearly always, so it may begin with that.
        entry.Transfer |= (again || _lacked) && _set.Has(RingFeatures.PollFirst)
            ? TransferFlags.PollFirst : TransferFlags.None;
        return entry;
    }

    /// <summary>A receive has completed, for the last time or not; bytes that have come are never dropped.</summary>
    /// <param name="completion">What the kernel tells.</param>
    /// <param name="isWanted">Not after a close: nobody takes it, and others need the buffer.</param>
    public void Add(in Completion completion, bool isWanted)
    {
        _more = true;
        _lacked = completion.Error == Errno.NoBuffers;
        if (completion.HasBuffer)
        {
            var bytes = _set.Take(completion.BufferId);
            if (completion.Result > 0 && isWanted)
            {
                Append(completion.BufferId, bytes[..completion.Result]);
                _set.Counts.Receive();
                Learn(completion.Result == bytes.Length);

                // A request that goes on receives what there is.
                _more = !completion.HasMore && (completion.Result == bytes.Length
                    || (completion.Flags & CompletionFlags.SocketNotEmpty) != 0);
                return;
            }

            _set.GiveBack(completion.BufferId);
        }

        switch (completion.Error)
        {
            case Errno.None:
                // Without a buffer it was a wait for readiness, and the receive that follows tells.
                _ended = _set.HasBuffers;
                break;
            case Errno.NoBuffers or Errno.Canceled or Errno.Interrupted or Errno.Again:
                // There may be bytes, for which no buffer was left: a receive into the block tells.
                break;
            default:
                _error = completion.Error;
                break;
        }
    }

    /// <summary>Copies what is there; false when only a receive tells.</summary>
    public bool TryTake(ArraySegment<byte> into, out IoResult result)
    {
        if (_first != UringShots.None)
        {
            ref var shot = ref _set.Shots[_first];
            var part = Math.Min(shot.Length - _offset, into.Count);
            new ReadOnlySpan<byte>(shot.Bytes + _offset, part).CopyTo(into);
            _offset += part;
            if (_offset == shot.Length)
            {
                DropFirst();
            }

            result = IoResult.Done(part);
            return true;
        }

        if (_error != Errno.None)
        {
            result = NativeErrors.Failed(_error);
            return true;
        }

        result = IoResult.Done(0);
        return _ended;
    }

    /// <summary>The connection is over.</summary>
    public void Drop()
    {
        while (_first != UringShots.None)
        {
            DropFirst();
        }
    }

    private void Learn(bool isFull)
    {
        if (isFull)
        {
            _bulk = Calm;
        }
        else if (_bulk > 0)
        {
            _bulk--;
        }
    }

    private void Append(ushort buffer, Span<byte> bytes)
    {
        ref var shot = ref _set.Shots[buffer];
        shot.Length = bytes.Length;
        shot.Next = UringShots.None;

        // Native memory, which stands where it is.
        fixed (byte* start = bytes)
        {
            shot.Bytes = start;
        }

        if (_first == UringShots.None)
        {
            _first = buffer;
        }
        else
        {
            _set.Shots[_last].Next = buffer;
        }

        _last = buffer;
        Held++;
    }

    private void DropFirst()
    {
        var buffer = (ushort)_first;
        _first = _set.Shots[buffer].Next;
        _offset = 0;
        Held--;
        _set.GiveBack(buffer);
    }
}
