namespace NetCore.Session.Internal;

/// <summary>Streams that have ended and whose objects have not been told. Guarded by the session's gate.</summary>
/// <remarks>
/// While the receive callback hands out what a batch decided, only it tells ends: a stream's messages come before its
/// end, and the end may have been decided by another thread. At other times any thread tells them.
/// </remarks>
internal sealed class EndedStreams
{
    private readonly List<(SessionStream Stream, StreamEnd End)> _ended = [];

    /// <summary>The receive side has decisions that it has not handed out yet.</summary>
    public bool Delivering { get; private set; }

    public void BeginDelivery() => Delivering = true;

    public void Add(SessionStream stream, in StreamEnd end) => _ended.Add((stream, end));

    /// <summary>The next one to tell. For the receive side the last answer, false, ends its delivery.</summary>
    public bool TryTake(bool receiving, out SessionStream stream, out StreamEnd end)
    {
        if (_ended.Count == 0 || (Delivering && !receiving))
        {
            Delivering &= !receiving;
            stream = null!;
            end = default;
            return false;
        }

        (stream, end) = _ended[^1];
        _ended.RemoveAt(_ended.Count - 1);
        return true;
    }

    /// <summary>Replaces an end in order by another: a message before it could not be handed over.</summary>
    public void Spoil(SessionStream? stream, in StreamEnd end)
    {
        for (var i = 0; i < _ended.Count; i++)
        {
            if (_ended[i].Stream == stream && _ended[i].End.Kind == StreamEndKind.Completed)
            {
                _ended[i] = (stream, end);
            }
        }
    }
}
