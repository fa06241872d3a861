using NetCore.Core;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>One client at the broker: what it published comes in here, what it subscribed to goes out.</summary>
/// <remarks>
/// Messages come by receive callbacks, which never overlap. What is to be sent is guarded by <see cref="Lock"/>, and
/// handed to the session by whoever flushes.
/// </remarks>
internal sealed class BrokerPeer : IPublishSource, ITimerTarget, IThreadPoolWorkItem
{
    private readonly PeerRegistry _peers;
    private readonly PeerIntake _intake;
    private readonly FlushList _touched = new();
    private WheelTimer? _retry;
    private int _marked;
    private int _over;

    public BrokerPeer(BrokerCore core, PeerRegistry peers, PeerSession session)
    {
        Core = core;
        _peers = peers;
        Session = session;
        Stream = new BrokerStream(this);
        Output = new PeerOutput(this);
        _intake = new PeerIntake(this, _touched);
    }

    public BrokerCore Core { get; }

    public PeerSession Session { get; }

    public BrokerStream Stream { get; }

    /// <summary>What is to be sent to it.</summary>
    public PeerOutput Output { get; }

    public Lock Lock => Output.Lock;

    public bool IsOver => Volatile.Read(ref _over) != 0;

    public void OnMessage(in IncomingMessage message)
    {
        if (IsOver)
        {
            return;
        }

        if (!Output.IsAttached && _peers.IsStopped)
        {
            // The broker stopped when the stream was about to open, and could not end it.
            Fail(PubSubErrorCode.Stopping, "The broker is stopping.");
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

    public void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code) =>
        Output.OnResolved(in ticket, accepted, refused, code);

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

    bool IFlushable.TryMark() => Interlocked.Exchange(ref _marked, 1) == 0;

    void IFlushable.Flush(FlushList then)
    {
        Volatile.Write(ref _marked, 0);
        Session.Connection.HoldSends();
        try
        {
            lock (Lock)
            {
                if (!IsOver && !Output.TryWrite_NeedsLock(then))
                {
                    Core.World.Timers.Schedule(_retry ??= new WheelTimer(this), PubSubLimits.NoMemoryRetryMilliseconds);
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

    private void Close()
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
        {
            return;
        }

        var flush = new FlushList();
        foreach (var subscription in Output.Close())
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
