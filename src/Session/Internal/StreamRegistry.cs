using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>
/// The open streams of a session by number, and the numbers given out so far. Guarded by the session's gate.
/// </summary>
internal sealed class StreamRegistry(SessionRole role, int maxAccepted)
{
    // Made by the first stream, and again by the next one after a quiet time.
    private Dictionary<ulong, SessionStream>? _open;
    private readonly ulong _firstOwn = role == SessionRole.Connector ? 1UL : 2UL;
    private ulong _lastOwn;

    /// <summary>Streams of this side that have a number and have not ended.</summary>
    public int OwnOpen { get; private set; }

    /// <summary>
    /// Streams of this side that wait for their number, which their first frame gets when it is chosen.
    /// </summary>
    public int OwnWaiting { get; private set; }

    /// <summary>Streams of the peer that have not ended, or whose handler still runs.</summary>
    public int AcceptedActive { get; private set; }

    /// <summary>The last number of the peer that was accepted; zero when none was.</summary>
    public ulong LastAccepted { get; private set; }

    /// <summary>The last number of the peer that was seen, accepted or refused.</summary>
    public ulong LastSeen { get; private set; }

    /// <summary>How many streams the peer lets us open, from its hello.</summary>
    public int PeerMaxStreams { get; set; }

    public long PeerStreamWindow { get; set; }

    /// <summary>Streams of either side that have a number and whose class goes before bulk.</summary>
    public int OpenCalls { get; private set; }

    /// <summary>Changes whenever a stream begins or ends.</summary>
    public long Activity { get; private set; }

    public bool IsEmpty => OwnOpen == 0 && OwnWaiting == 0 && AcceptedActive == 0;

    public bool HasSlot => OwnOpen < PeerMaxStreams;

    public IEnumerable<SessionStream> Open => (IEnumerable<SessionStream>?)_open?.Values ?? [];

    public SessionStream? Find(ulong id) => _open?.GetValueOrDefault(id);

    /// <summary>True when the number was in use on this session, so that a frame for it is only late.</summary>
    public bool WasUsed(ulong id) => IsOwn(id) ? id <= _lastOwn : id <= LastSeen;

    public bool IsOwn(ulong id) => (id & 1) == (_firstOwn & 1);

    /// <summary>A stream has waited this long for credit of its own.</summary>
    public bool IsAnyStarved(long now, long milliseconds)
    {
        if (_open is null)
        {
            return false;
        }

        foreach (var stream in _open.Values)
        {
            var since = stream.State.StarvedSince;
            if (since >= 0 && now - since >= milliseconds)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Begins a stream of this side.</summary>
    public void Begin(SessionStream stream, UpperProtocol protocol, FrameClass frameClass)
    {
        stream.State.Begin(protocol, frameClass, accepted: false, stream.IsPaced);
        Activity++;
        OwnWaiting++;
    }

    /// <summary>
    /// Gives the next number to a stream of this side whose first frame is being chosen; only with a slot. No earlier,
    /// because numbers must rise on the wire and a number means that the peer may know of it.
    /// </summary>
    public void Number(SessionStream stream)
    {
        _lastOwn = _lastOwn == 0 ? _firstOwn : _lastOwn + 2;
        OwnOpen++;
        OwnWaiting--;
        var state = stream.State;
        state.Id = _lastOwn;
        state.Phase = StreamPhase.Open;
        state.SendCredit = PeerStreamWindow;
        OpenCalls += state.Class == FrameClass.Bulk ? 0 : 1;
        (_open ??= []).Add(_lastOwn, stream);
    }

    /// <summary>
    /// Notes a number of the peer; false when it is not greater than all before, or has the wrong parity.
    /// </summary>
    public bool TrySee(ulong id)
    {
        if (IsOwn(id) || id <= LastSeen)
        {
            return false;
        }

        LastSeen = id;
        return true;
    }

    public bool HasRoomForAccepted =>
        AcceptedActive < maxAccepted + (maxAccepted / SessionLimits.StreamSlackDivisor) + 1;

    public void Accept(SessionStream stream, ulong id, UpperProtocol protocol, FrameClass frameClass)
    {
        var state = stream.State;
        state.Begin(protocol, frameClass, accepted: true, stream.IsPaced);
        Activity++;
        state.Id = id;
        state.Phase = StreamPhase.Open;
        state.SendCredit = PeerStreamWindow;
        LastAccepted = id;
        AcceptedActive++;
        OpenCalls += frameClass == FrameClass.Bulk ? 0 : 1;
        (_open ??= []).Add(id, stream);
    }

    /// <summary>Gives back what many open streams have made it grow, once none is open.</summary>
    public void Trim()
    {
        if (_open?.Count == 0)
        {
            _open = null;
        }
    }

    /// <summary>Ends the stream: whoever calls this under the gate owns telling it.</summary>
    public void End(SessionStream stream)
    {
        var state = stream.State;
        var hadNumber = state.Phase == StreamPhase.Open;
        state.Phase = StreamPhase.Ended;
        Activity++;
        if (!hadNumber)
        {
            OwnWaiting--;
            return;
        }

        _open!.Remove(state.Id);
        OpenCalls -= state.Class == FrameClass.Bulk ? 0 : 1;
        if (!state.Accepted)
        {
            OwnOpen--;
        }
        else if (!state.HandlerRunning)
        {
            AcceptedActive--;
        }
    }

    /// <summary>The session is over: nobody counts any more who still works on what.</summary>
    public void ReleaseHandler(SessionStream stream)
    {
        if (stream.State.HandlerRunning)
        {
            stream.State.HandlerRunning = false;
            AcceptedActive--;
        }
    }

    /// <summary>The handler of an accepted stream is over.</summary>
    public void HandlerEnded(SessionStream stream)
    {
        var state = stream.State;
        if (state.HandlerRunning)
        {
            state.HandlerRunning = false;
            Activity++;
            if (state.Phase == StreamPhase.Ended)
            {
                AcceptedActive--;
            }
        }
    }
}
