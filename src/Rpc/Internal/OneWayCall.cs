using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>
/// A call without an answer: it holds its slot until the server is done with it, and nobody waits for it.
/// </summary>
/// <remarks>
/// At its deadline it is dropped if it still waits for its turn, as work that is late is everywhere; one that is on its
/// way is the server's. It ends once, by the session or by the deadline, and whoever that is gives it back.
/// </remarks>
internal sealed class OneWayCall : SessionStream, ITimerTarget
{
    private readonly WheelTimer _timer;

    // Of its present use; null in the pool, where it must not keep a client.
    private OneWayCalls? _calls;
    private RpcMethod? _method;
    private long _expiredLife = -1;

    public OneWayCall() => _timer = new WheelTimer(this);

    /// <summary>It is a call of this client from now on.</summary>
    public void Begin(OneWayCalls calls) => Volatile.Write(ref _calls, calls);

    /// <summary>Queues the request. Unless it is opened the call is over with that.</summary>
    public OpenResult Send(RpcMethod method, OutgoingMessage request, long timeout)
    {
        _method = method;
        var calls = _calls!;
        var life = Life;

        // Before the request is out: a timer set after it might find the call's next use.
        calls.Timers.Schedule(_timer, timeout, life);
        var opened = calls.Session.Open(this, request, Framing.UpperProtocol.Rpc, end: true, singleExchange: true);
        if (opened != OpenResult.Opened)
        {
            End();
        }
        else if (Volatile.Read(ref _expiredLife) == life)
        {
            DropUnsent(life);
        }

        return opened;
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        // Seen by Send when the stream is not open yet.
        Volatile.Write(ref _expiredLife, token);
        DropUnsent(token);
    }

    protected override void OnMessage(in IncomingMessage message)
    {
    }

    protected override void OnEnded(in StreamEnd end) => End();

    // One that gets its number in this moment is reset after it was sent. The server does not mind: a one-way call
    // ends neither by a reset nor by the loss of its connection.
    private void DropUnsent(long life)
    {
        var method = _method;
        if (Volatile.Read(ref _calls) is { } calls && Id == 0
            && calls.Session.TryReset(this, life, ResetCode.DeadlineExceeded, out var sent))
        {
            End();
            if (!sent)
            {
                RpcLog.OneWayDropped(calls.Logger, method!, calls.Session.Connection.RemoteAddress);
            }
        }
    }

    private void End()
    {
        var calls = _calls!;
        calls.Timers.Cancel(_timer);
        _method = null;
        Life++;
        Volatile.Write(ref _calls, null);
        calls.Give(this);
    }
}
