namespace NetCore.PubSub.Internal;

/// <summary>Answers of the broker to one publisher or peer. Bounded by who asks; guarded by its owner's lock.</summary>
internal sealed class ReplyQueue
{
    private readonly Queue<Reply> _replies = new();
    private Reply _accepted;
    private bool _hasAccepted;
    private long _taken;

    /// <summary>Bytes of the publish window that are taken and not resolved.</summary>
    public long Outstanding { get; private set; }

    public int Count => _replies.Count;

    public bool HasWork => _replies.Count > 0 || _hasAccepted || TakenIsDue;

    private bool TakenIsDue => _taken >= PubSubLimits.PublishWindowBytes / PubSubLimits.GrantDivisor;

    public void OnReceived(int charge) => Outstanding += charge;

    /// <summary>See <see cref="IPublishSource.OnResolved"/>.</summary>
    public void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code)
    {
        Outstanding -= ticket.Charge;
        _taken += ticket.Charge;
        if (refused > 0)
        {
            _replies.Enqueue(new Reply(
                BlockKind.Refused, ticket.Number, (uint)code, (uint)accepted, (uint)refused));
        }
        else if (ticket.WantsAcknowledgement)
        {
            OnAccepted(ticket.Number);
        }
    }

    public void Add(in Reply reply) => _replies.Enqueue(reply);

    public bool TryTake(out Reply reply)
    {
        if (_replies.TryDequeue(out reply))
        {
            return true;
        }

        if (_hasAccepted)
        {
            reply = _accepted;
            _hasAccepted = false;
            return true;
        }

        if (TakenIsDue)
        {
            reply = new Reply(BlockKind.Taken, (uint)_taken);
            _taken = 0;
            return true;
        }

        return false;
    }

    // Numbers that follow each other are one answer.
    private void OnAccepted(uint number)
    {
        if (_hasAccepted && _accepted.B + 1 == number)
        {
            _accepted = _accepted with { B = number };
            return;
        }

        if (_hasAccepted)
        {
            _replies.Enqueue(_accepted);
        }

        _accepted = new Reply(BlockKind.Accepted, number, number);
        _hasAccepted = true;
    }
}
