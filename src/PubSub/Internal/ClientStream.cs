using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>The stream of topics at the client: requests out, answers and messages in.</summary>
internal sealed class ClientStream : SessionStream
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private readonly DeliveryIntake _intake;
    private uint _nextId;
    private long _arrived;
    private PubSubException? _over;
    private bool _closing;

    public ClientStream(PeerSession session, TimeSpan answerTimeout)
    {
        Session = session;
        AnswerTimeout = answerTimeout;
        World = session.World;
        Logger = World.LoggerFactory.CreateLogger("NetCore.PubSub");
        Outbox = new ClientOutbox(session, this);
        Attached = new Completion<bool>(World.Executor);
        Ended = new Completion<PubSubException>(World.Executor);
        _intake = new DeliveryIntake(this);
    }

    public PeerSession Session { get; }

    /// <summary>How long an answer of the broker is waited for.</summary>
    public TimeSpan AnswerTimeout { get; }

    public World World { get; }

    public ILogger Logger { get; }

    public ClientOutbox Outbox { get; }

    public Completion<bool> Attached { get; }

    public Completion<PubSubException> Ended { get; }

    public ulong Epoch { get; private set; }

    public int Subscriptions
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>Opens the stream; <see cref="Attached"/> says how it went.</summary>
    public void Open()
    {
        Span<byte> block = stackalloc byte[BlockHead.AttachSize];
        new BlockHead(BlockKind.Attach, 0, 0, BlockHead.AttachSize).Write(block);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], PubSubLimits.Version);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], PubSubLimits.DeliveryWindowBytes);
        var result = Session.Open(this, Request(block), UpperProtocol.PubSub, end: false);
        if (result != OpenResult.Opened)
        {
            End(new PubSubException(PubSubErrorCode.Unavailable, $"The session takes no more streams: {result}."));
        }
    }

    /// <summary>Says that this side sends nothing more; the broker answers with its own end.</summary>
    public void SayEnd()
    {
        lock (_lock)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        Outbox.Flush();
        Session.Send(this, Session.RentMessage(), end: true);
    }

    public uint NextId()
    {
        lock (_lock)
        {
            return ++_nextId;
        }
    }

    /// <summary>Asks the broker; the subscription's <c>Started</c> says how it went.</summary>
    /// <exception cref="PubSubException">No memory; nothing was asked.</exception>
    public void Subscribe(Subscription subscription)
    {
        var message = Request(SubscribeWriter.Write(subscription));
        PubSubException? over;
        lock (_lock)
        {
            over = _over;
            if (over is null)
            {
                _subscriptions.Add(subscription.Id, subscription);
            }
        }

        if (over is not null)
        {
            message.Dispose();
            subscription.OnEnded(over);
            return;
        }

        Session.Send(this, message, end: false);
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            if (!_subscriptions.ContainsKey(subscription.Id))
            {
                return;
            }
        }

        Span<byte> block = stackalloc byte[BlockHead.UnsubscribeSize];
        new BlockHead(BlockKind.Unsubscribe, 0, 0, block.Length).Write(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], subscription.Id);
        Send(block);
    }

    public void Grant(uint id, uint bytes)
    {
        Span<byte> block = stackalloc byte[BlockHead.GrantSize];
        new BlockHead(BlockKind.Grant, 0, 0, block.Length).Write(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], id);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], bytes);
        Send(block);
    }

    public void RunAfterBatch(IThreadPoolWorkItem item) => Session.Connection.RunAfterBatch(item);

    public Subscription? Find(uint id)
    {
        lock (_lock)
        {
            return _subscriptions.GetValueOrDefault(id);
        }
    }

    public void OnAttached(ulong epoch, int publishWindow, int maxMessage)
    {
        Epoch = epoch;
        Outbox.MaxMessageBytes = maxMessage;
        Outbox.OnTaken(publishWindow - PubSubLimits.PublishWindowBytes);
        Attached.TrySetResult(true);
    }

    public void OnSubscriptionEnded(uint id, PubSubErrorCode code)
    {
        Subscription? subscription;
        lock (_lock)
        {
            _subscriptions.Remove(id, out subscription);
        }

        subscription?.OnEnded(code == PubSubErrorCode.None ? null : ErrorTexts.OfSubscription(code, subscription));
    }

    protected override void OnMessage(in IncomingMessage message)
    {
        if (message.Length > 0 && !_intake.TryTake(in message))
        {
            if (Session.TryReset(this, Life, ResetCodes.Of(PubSubErrorCode.ProtocolViolation), out _))
            {
                End(new PubSubException(
                    PubSubErrorCode.ProtocolViolation, "The broker broke the protocol of topics."));
            }

            return;
        }

        _arrived += message.Length + PubSubLimits.MessageCharge;
        if (_arrived >= PubSubLimits.DeliveryWindowBytes / PubSubLimits.GrantDivisor)
        {
            Grant(0, (uint)_arrived);
            _arrived = 0;
        }

        if (message.IsLast)
        {
            SayEnd();
        }
    }

    /// <summary>The broker has not answered; nothing more is expected of it.</summary>
    public void Abandon()
    {
        Session.TryReset(this, Life, ResetCodes.Of(PubSubErrorCode.DeadlineExceeded), out _);
        End(new PubSubException(PubSubErrorCode.Unavailable, "The wait for the broker's answer was given up."));
    }

    protected override void OnEnded(in StreamEnd end) => End(ErrorTexts.OfStream(in end, _closing));

    private void Send(ReadOnlySpan<byte> block) => Session.Send(this, Message(block), end: false);

    private OutgoingMessage Message(ReadOnlySpan<byte> block)
    {
        var message = Session.RentMessage();
        try
        {
            message.Write(block);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    // For whoever asks; in a callback the session has to see the other exception.
    private OutgoingMessage Request(ReadOnlySpan<byte> block)
    {
        try
        {
            return Message(block);
        }
        catch (ByteBudgetExceededException exception)
        {
            throw new PubSubException(
                PubSubErrorCode.OutOfMemoryBudget, "The byte budget of the world is used up.", exception);
        }
    }

    private void End(PubSubException reason)
    {
        Subscription[] subscriptions;
        lock (_lock)
        {
            if (_over is not null)
            {
                return;
            }

            _over = reason;
            subscriptions = [.. _subscriptions.Values];
            _subscriptions.Clear();
        }

        Outbox.Close(reason.Code, reason.Message);
        Attached.TrySetException(reason);
        foreach (var subscription in subscriptions)
        {
            subscription.OnEnded(reason);
        }

        Ended.TrySetResult(reason);
    }
}
