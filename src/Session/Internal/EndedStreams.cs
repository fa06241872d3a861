namespace NetCore.Session.Internal;

/// <summary>
/// Streams that have ended and whose objects have not been told. Guarded by the session's gate, but for one member.
/// </summary>
/// <remarks>
/// While the receive callback hands out what a batch decided, only it tells ends: a stream's messages come before its
/// end, and the end may have been decided by another thread. At other times any thread tells them. Mostly no end is
/// left to the receive callback; that it finds out by one exchange and does not enter the gate again. Whoever adds an
/// end does so under the gate and marks first: either the callback was over before the mark, and the one who adds
/// tells, or it sees the mark, and waits at the gate for what was added.
/// </remarks>
internal struct EndedStreams
{
    private const int Quiet = 0;
    private const int HandingOut = 1;
    private const int Owing = 2;

    private List<(SessionStream Stream, StreamEnd End)>? _ended;
    private int _state;

    private bool IsEmpty => _ended is null or { Count: 0 };

    public void BeginDelivery() => Volatile.Write(ref _state, IsEmpty ? HandingOut : Owing);

    /// <summary>
    /// Without the gate: everything is handed out. False when there are ends to tell; the receive side takes them then.
    /// </summary>
    public bool TryEndDelivery() => Interlocked.CompareExchange(ref _state, Quiet, HandingOut) == HandingOut;

    public void Add(SessionStream stream, in StreamEnd end)
    {
        _ = MarkOwing();
        (_ended ??= []).Add((stream, end));
    }

    /// <summary>False when the receive side hands nothing out: the caller tells the end itself.</summary>
    public bool TryLeaveToReceiver(SessionStream stream, in StreamEnd end)
    {
        if (!MarkOwing())
        {
            return false;
        }

        (_ended ??= []).Add((stream, end));
        return true;
    }

    /// <summary>The next one to tell. For the receive side the last answer, false, ends its delivery.</summary>
    public bool TryTake(bool receiving, out SessionStream stream, out StreamEnd end)
    {
        if (IsEmpty || (!receiving && Volatile.Read(ref _state) != Quiet))
        {
            if (receiving)
            {
                Volatile.Write(ref _state, Quiet);
            }

            stream = null!;
            end = default;
            return false;
        }

        (stream, end) = _ended![^1];
        _ended.RemoveAt(_ended.Count - 1);
        return true;
    }

    /// <summary>Replaces an end in order by another: a message before it could not be handed over.</summary>
    public void Spoil(SessionStream? stream, in StreamEnd end)
    {
        for (var i = 0; i < _ended?.Count; i++)
        {
            if (_ended[i].Stream == stream && _ended[i].End.Kind == StreamEndKind.Completed)
            {
                _ended[i] = (stream, end);
            }
        }
    }

    /// <summary>Gives back what many ends at once have made it grow.</summary>
    public void Trim()
    {
        if (IsEmpty)
        {
            _ended = null;
        }
    }

    // Under the gate quiet stays quiet, which saves the exchange to a sender outside of receive callbacks.
    private bool MarkOwing() => Volatile.Read(ref _state) != Quiet
        && Interlocked.CompareExchange(ref _state, Owing, HandingOut) != Quiet;
}
