namespace NetCore.Session.Internal;

/// <summary>First in, first out, by links inside the streams; a stream stands in one queue at most.</summary>
internal sealed class StreamQueue
{
    private SessionStream? _last;

    public SessionStream? First { get; private set; }

    public bool IsEmpty => First is null;

    public void Add(SessionStream stream)
    {
        var state = stream.State;
        state.Queue = this;
        state.QueuePrevious = _last;
        state.QueueNext = null;
        if (_last is null)
        {
            First = stream;
        }
        else
        {
            _last.State.QueueNext = stream;
        }

        _last = stream;
    }

    public void Remove(SessionStream stream)
    {
        var state = stream.State;
        if (state.QueuePrevious is { } previous)
        {
            previous.State.QueueNext = state.QueueNext;
        }
        else
        {
            First = state.QueueNext;
        }

        if (state.QueueNext is { } next)
        {
            next.State.QueuePrevious = state.QueuePrevious;
        }
        else
        {
            _last = state.QueuePrevious;
        }

        state.QueueNext = state.QueuePrevious = null;
        state.Queue = null;
    }
}
