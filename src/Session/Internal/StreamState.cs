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

    /// <summary>One message each way: the peer's last message ends the stream whatever is left to send.</summary>
    public bool SingleExchange;

    /// <summary>The last message to send has been queued.</summary>
    public bool EndQueued;

    /// <summary>The frame that opens it has been chosen, or was the peer's.</summary>
    public bool OpenSent;

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
    public long ReceiveCredit;
    public long Ungranted;

    public StreamAssembly? Assembly;
    public int AssemblyBytes;

    public void Begin(UpperProtocol protocol, FrameClass frameClass, bool accepted)
    {
        Id = 0;
        Protocol = protocol;
        Class = frameClass;
        Accepted = accepted;
        HandlerRunning = accepted;
        SingleExchange = EndQueued = OpenSent = LocalEnded = RemoteEnded = false;
        Ungranted = 0;
        AssemblyBytes = 0;
        Phase = StreamPhase.Waiting;
    }

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
    public long DropMessages()
    {
        long bytes = 0;
        while (Head is { } message)
        {
            bytes += message.BytesLeft;
            Head = message.Next;
            message.Dispose();
        }

        Tail = null;
        return bytes;
    }
}
