namespace NetCore.Rpc.Internal;

/// <summary>Calls in order, linked by <see cref="IQueuedCall.Next"/>. Not thread-safe.</summary>
internal struct CallList
{
    private IQueuedCall? _head;
    private IQueuedCall? _tail;

    /// <summary>Appends a call; true when it is the only one.</summary>
    public bool Add(IQueuedCall call)
    {
        var first = _tail is null;
        if (first)
        {
            _head = call;
        }
        else
        {
            _tail!.Next = call;
        }

        _tail = call;
        return first;
    }

    /// <summary>Empties the list and gives its first call, from which the others hang.</summary>
    public IQueuedCall? TakeAll()
    {
        var head = _head;
        _head = _tail = null;
        return head;
    }

    /// <summary>Takes the first of <paramref name="calls"/>, or null.</summary>
    public static IQueuedCall? Next(ref IQueuedCall? calls)
    {
        var call = calls;
        if (call is not null)
        {
            calls = call.Next;
            call.Next = null;
        }

        return call;
    }
}
