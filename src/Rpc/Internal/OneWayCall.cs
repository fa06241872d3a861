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
    private readonly OneWayCalls _calls;
    private readonly WheelTimer _timer;
    private RpcMethod? _method;
    private long _expiredLife = -1;

    public OneWayCall(OneWayCalls calls)
    {
        _calls = calls;
        _timer = new WheelTimer(this);
    }

    /// <summary>Queues the request. Unless it is opened the call is over with that.</summary>
    public OpenResult Send(RpcMethod method, OutgoingMessage request, long timeout)
    {
        _method = method;
        var life = Life;

        // Before the request is out: a timer set after it might find the call's next use.
        _calls.Timers.Schedule(_timer, timeout, life);
        var opened = _calls.Session.Open(this, request, Framing.UpperProtocol.Rpc, end: true, singleExchange: true);
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
        if (Id == 0 && _calls.Session.TryReset(this, life, ResetCode.DeadlineExceeded, out var sent))
        {
            End();
            if (!sent)
            {
                RpcLog.OneWayDropped(_calls.Logger, method!, _calls.Session.Connection.RemoteAddress);
            }
        }
    }

    private void End()
    {
        _calls.Timers.Cancel(_timer);
        _method = null;
        Life++;
        _calls.Give(this);
    }
}
