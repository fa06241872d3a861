using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>What a session knows of one stream. Guarded by the session's gate.</summary>
internal sealed class StreamState
{
    public StreamPhase Phase;
    public ulong Id;
    public UpperProtocol Protocol;
    public FrameClass Class;

    /// <summary>Opened by the peer.</summary>
    public bool Accepted;

    /// <summary>The floor above still works on an accepted stream; its slot stays taken that long.</summary>
    public bool HandlerRunning;

    /// <summary>
    /// One message each way: the peer's first message ends the stream, whatever is left to send or to come.
    /// </summary>
    public bool SingleExchange;

    /// <summary>The last message to send has been queued.</summary>
    public bool EndQueued;

    /// <summary>The frame that ends this side's half has been chosen.</summary>
    public bool LocalEnded;

    /// <summary>The frame that ends the peer's half has been received.</summary>
    public bool RemoteEnded;

    public OutgoingMessage? Head;
    public OutgoingMessage? Tail;

    /// <summary>The queue it waits in; null when it waits in none.</summary>
    public StreamQueue? Queue;
    public SessionStream? QueueNext;
    public SessionStream? QueuePrevious;

    public long SendCredit;

    /// <summary>
    /// Since when the next frame finds the stream's own credit too small, in milliseconds; -1 when it does not.
    /// </summary>
    public long StarvedSince;
    public long ReceiveCredit;
    public long Ungranted;

    /// <summary>See <see cref="SessionStream.IsPaced"/>.</summary>
    public bool Paced;

    /// <summary>Of a paced stream: bytes received and not consumed, with those of an unfinished message.</summary>
    public long Held;

    /// <summary>Of these, the bytes of the message that is not whole yet.</summary>
    public long Unfinished;

    /// <summary>Bytes that were granted though they are held: a message longer than the window gets in.</summary>
    public long Lent;

    /// <summary>
    /// Resets by this side over all uses of the object. A reset is the one end that a receive callback does not tell,
    /// so it tells apart what was decided for a use that is over. Read without the gate, hence volatile.
    /// </summary>
    public volatile int Resets;

    public StreamAssembly? Assembly;
    public int AssemblyBytes;

    public void Begin(UpperProtocol protocol, FrameClass frameClass, bool accepted, bool paced)
    {
        if (IsInUse)
        {
            throw new InvalidOperationException(
                "The stream object is in use: it has not ended, or its work was not released.");
        }

        Id = 0;
        Protocol = protocol;
        Class = frameClass;
        Accepted = accepted;
        HandlerRunning = accepted;
        Paced = paced;
        SingleExchange = EndQueued = LocalEnded = RemoteEnded = false;
        Ungranted = Held = Unfinished = Lent = 0;
        AssemblyBytes = 0;
        StarvedSince = -1;
        Phase = StreamPhase.Waiting;
    }

    /// <summary>It has not ended, or its handler has not been released.</summary>
    public bool IsInUse => Phase != StreamPhase.Ended || HandlerRunning;

    public void Enqueue(OutgoingMessage message)
    {
        if (Tail is null)
        {
            Head = Tail = message;
        }
        else
        {
            Tail.Next = message;
            Tail = message;
        }
    }

    /// <summary>Takes all messages out that have not been framed wholly.</summary>
    /// <returns>What they counted in the send queue.</returns>
    public long DropMessages()
    {
        long bytes = 0;
        while (Head is { } message)
        {
            bytes += message.BytesLeft + SessionLimits.QueuedMessageBytes;
            Head = message.Next;
            message.Dispose();
        }

        Tail = null;
        return bytes;
    }
}
