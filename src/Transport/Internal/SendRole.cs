namespace NetCore.Transport.Internal;

/// <summary>Who may send on a connection: at most one holder, no request lost, nothing after the close.</summary>
/// <remarks>
/// One word, changed by compare-and-swap only; each method is one atomic step. A request either makes its caller the
/// holder or leaves a mark. The mark is seen by the holder when it tries to leave, or by the last release of a hold.
/// </remarks>
internal struct SendRole
{
    private const int Owned = 1;
    private const int Requested = 2;
    private const int Closed = 4;
    private const int Ended = 8;
    private const int OneHold = 16;

    private int _word;

    public bool IsClosed => (Volatile.Read(ref _word) & Closed) != 0;

    /// <summary>
    /// True makes the caller the holder; otherwise the request is marked or, after the end, dropped.
    /// </summary>
    /// <param name="throughHolds">The caller becomes the holder also while others hold sends back.</param>
    public bool Request(bool throughHolds = false)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & (Closed | Ended)) != 0)
            {
                return false;
            }

            var take = throughHolds ? (word & Owned) == 0 : word is 0 or Requested;
            var next = take ? (word & ~Requested) | Owned : word | Requested;
            if (next == word || Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return take;
            }
        }
    }

    public void Hold() => Interlocked.Add(ref _word, OneHold);

    /// <summary>Ends one hold; true makes the caller the holder, because requests were marked meanwhile.</summary>
    public bool Release()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if (word < OneHold)
            {
                throw new InvalidOperationException("ReleaseSends without HoldSends.");
            }

            var next = word - OneHold;
            var take = next == Requested;
            if (Interlocked.CompareExchange(ref _word, take ? Owned : next, word) == word)
            {
                return take;
            }
        }
    }

    /// <summary>The holder is about to ask the source: requests up to now are met by that.</summary>
    /// <returns>False when the connection is closed: nothing is asked any more and the holder leaves.</returns>
    public bool BeginFill() => (Interlocked.And(ref _word, ~Requested) & Closed) == 0;

    /// <summary>The holder has sent its batch and gives the role up, unless there is more to send.</summary>
    /// <param name="more">Whether the source has more; counts as a request.</param>
    public Leave TryLeave(bool more)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var closed = (word & Closed) != 0;
            var wanted = more || (word & Requested) != 0;
            if (wanted && !closed && word < OneHold)
            {
                return Leave.Stay;
            }

            var next = (word & ~(Owned | Requested)) | (wanted && !closed ? Requested : 0);
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return closed ? Leave.Closed : Leave.Left;
            }
        }
    }

    /// <summary>The holder has sent the end of the output: nobody becomes holder again.</summary>
    public void End()
    {
        Interlocked.Or(ref _word, Ended);
        Interlocked.And(ref _word, ~(Owned | Requested));
    }

    /// <summary>
    /// Closes. True when there is no holder: sending is over now; otherwise the holder finds out and ends it.
    /// </summary>
    public bool Close() => (Interlocked.Or(ref _word, Closed) & Owned) == 0;
}
