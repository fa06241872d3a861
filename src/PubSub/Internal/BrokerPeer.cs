using NetCore.Core;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>One client at the broker: what it published comes in here, what it subscribed to goes out.</summary>
/// <remarks>
/// Messages come by receive callbacks, which never overlap. What is to be sent is guarded by <see cref="Lock"/>, and handed to
/// the session by whoever flushes.
/// </remarks>
internal sealed class BrokerPeer : IPublishSource, ITimerTarget, IThreadPoolWorkItem
{
    private readonly PeerRegistry _peers;
    private readonly PeerIntake _intake;
    private readonly DeliveryWriter _writer;
    private readonly FlushList _touched = new();
    private readonly ReplyQueue _replies = new();
    private readonly Dictionary<uint, BrokerSubscription> _subscriptions = [];
    private readonly Queue<BrokerSubscription> _ready = new();
    private WheelTimer? _retry;
    private long _credit;
    private long _window;
    private int _marked;
    private int _over;
    private bool _attached;

    public BrokerPeer(BrokerCore core, PeerRegistry peers, PeerSession session)
    {
        Core = core;
        _peers = peers;
        Session = session;
        Stream = new BrokerStream(this);
        _writer = new DeliveryWriter(session, Stream);
        _intake = new PeerIntake(this, _touched);
        peers.Add(this);
    }

    public BrokerCore Core { get; }

    public PeerSession Session { get; }

    public BrokerStream Stream { get; }

    public Lock Lock { get; } = new();

    public bool IsOver => Volatile.Read(ref _over) != 0;

    public bool IsAttached => _attached;

    public void OnMessage(in IncomingMessage message)
    {
        if (IsOver)
        {
            return;
        }

        if (message.Length > 0 && _intake.Take(in message) is var fault and not PubSubErrorCode.None)
        {
            Fail(fault, "A client broke the protocol of topics.");
            return;
        }

        if (message.IsLast)
        {
            // The client has said all that it will; so has the broker.
            Close();
            Session.Send(Stream, Session.RentMessage(), end: true);
        }
    }

    /// <summary>The receive batch is over: what it has published goes out.</summary>
    public void OnBatchEnd()
    {
        _intake.Trim();
        _touched.Run();
    }

    /// <summary>The stream has ended.</summary>
    public void OnEnded()
    {
        Close();
        _touched.Run();
    }

    /// <summary>Ends the stream with a reason that its client is told.</summary>
    public void Fail(PubSubErrorCode code, string detail)
    {
        if (Session.TryReset(Stream, Stream.Life, ResetCodes.Of(code), out _))
        {
            PubSubLog.PeerFailed(Core.Logger, Session.Connection.RemoteAddress, code, detail);
            Close();
        }
    }

    public void Attach(uint window)
    {
        lock (Lock)
        {
            _attached = true;
            _credit = _window = window;
            if (_writer.TryReserve())
            {
                _writer.WriteAttached(
                    Core.Epoch, PubSubLimits.PublishWindowBytes, Core.Options.MaxMessageBytes);
            }
        }

        _touched.Add(this);
    }

    /// <summary>
    /// Counts a batch against the publish window; false when the client had none left for the message it begins.
    /// </summary>
    public bool TryCharge(int charge, bool begins)
    {
        lock (Lock)
        {
            if (begins && _replies.Outstanding >= PubSubLimits.PublishWindowBytes)
            {
                return false;
            }

            _replies.OnReceived(charge);
            return true;
        }
    }

    public void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code)
    {
        lock (Lock)
        {
            _replies.OnResolved(in ticket, accepted, refused, code);
        }
    }

    /// <summary>Answers a request; false when too many answers wait.</summary>
    public bool TryAnswer(in Reply reply)
    {
        lock (Lock)
        {
            if (_replies.Count >= PubSubLimits.MaxReplies)
            {
                return false;
            }

            _replies.Add(in reply);
        }

        _touched.Add(this);
        return true;
    }

    /// <summary>False when the number is in use; a null subscription only asks.</summary>
    public bool TryAdd(uint id, BrokerSubscription? subscription, out bool full)
    {
        lock (Lock)
        {
            full = _subscriptions.Count >= PubSubLimits.MaxSubscriptionsPerConnection;
            return subscription is null
                ? !_subscriptions.ContainsKey(id)
                : _subscriptions.TryAdd(id, subscription);
        }
    }

    public BrokerSubscription? Find(uint id)
    {
        lock (Lock)
        {
            return _subscriptions.GetValueOrDefault(id);
        }
    }

    /// <summary>A request to subscribe was refused after all.</summary>
    public void Forget(BrokerSubscription subscription)
    {
        lock (Lock)
        {
            _subscriptions.Remove(subscription.Id);
            subscription.Drop_NeedsLock();
        }
    }

    /// <summary>The client unsubscribes: the last that it hears of the number is that it has ended.</summary>
    public void End(BrokerSubscription subscription)
    {
        Core.Remove(subscription, _touched);
        lock (Lock)
        {
            subscription.End_NeedsLock(PubSubErrorCode.None);
        }

        _touched.Add(this);
    }

    /// <summary>The client takes more; false when that is more than it said at first.</summary>
    public bool TryGrant(uint id, uint bytes)
    {
        lock (Lock)
        {
            if (id == 0)
            {
                _credit += bytes;
                _touched.Add(this);
                return _credit <= _window;
            }

            // One that has ended meanwhile needs none.
            if (_subscriptions.GetValueOrDefault(id) is { } subscription)
            {
                subscription.Credit += bytes;
                List_NeedsLock(subscription);
                _touched.Add(this);
                return subscription.Credit <= subscription.Window;
            }

            return true;
        }
    }

    public void List_NeedsLock(BrokerSubscription subscription)
    {
        if (!subscription.IsListed && subscription.HasWork)
        {
            subscription.IsListed = true;
            _ready.Enqueue(subscription);
        }
    }

    bool IFlushable.TryMark() => Interlocked.Exchange(ref _marked, 1) == 0;

    void IFlushable.Flush(FlushList then)
    {
        Volatile.Write(ref _marked, 0);
        Session.Connection.HoldSends();
        try
        {
            lock (Lock)
            {
                if (!IsOver)
                {
                    Write_NeedsLock(then);
                }
            }
        }
        finally
        {
            Session.Connection.ReleaseSends();
        }
    }

    /// <summary>There was no memory to send with; on the timer thread.</summary>
    public void OnTimer(WheelTimer timer, long token) => Core.World.Executor.Post(this);

    public void Execute()
    {
        var flush = new FlushList();
        flush.Add(this);
        flush.Run();
    }

    private void Write_NeedsLock(FlushList then)
    {
        while (_credit > 0 && (_replies.HasWork || _ready.Count > 0))
        {
            if (!_writer.TryReserve())
            {
                Core.World.Timers.Schedule(_retry ??= new WheelTimer(this), PubSubLimits.NoMemoryRetryMilliseconds);
                break;
            }

            if (_replies.TryTake(out var reply))
            {
                _writer.Write(in reply);
            }
            else
            {
                WriteNext_NeedsLock(_ready.Dequeue(), then);
            }

            _credit -= _writer.TakeCharge();
        }

        _writer.Send();
        _credit -= _writer.TakeCharge();
    }

    private void WriteNext_NeedsLock(BrokerSubscription subscription, FlushList then)
    {
        subscription.IsListed = false;
        if (subscription.HasWork && subscription.Queue.TryTake(subscription.Credit, out var entry))
        {
            if (entry.IsGap)
            {
                _writer.Write(subscription.Id, in entry.Gap);
            }
            else
            {
                subscription.Credit -= entry.Slice.Length + PubSubLimits.BlockCharge;
                _writer.Write(subscription.Id, entry.Slice);
                subscription.TakeBlocked_NeedsLock(then);
            }
        }
        else if (subscription.Ending is { } code)
        {
            _writer.Write(new Reply(BlockKind.Ended, subscription.Id, (uint)code));
            _subscriptions.Remove(subscription.Id);
            return;
        }

        List_NeedsLock(subscription);
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
        {
            return;
        }

        BrokerSubscription[] subscriptions;
        lock (Lock)
        {
            subscriptions = [.. _subscriptions.Values];
            _subscriptions.Clear();
            _ready.Clear();
            _writer.Drop();
        }

        var flush = new FlushList();
        foreach (var subscription in subscriptions)
        {
            Core.Remove(subscription, flush);
        }

        flush.Run();
        _intake.Drop();
        if (_retry is { } retry)
        {
            Core.World.Timers.Cancel(retry);
        }

        _peers.Remove(this);
        Session.Release(Stream);
    }
}
