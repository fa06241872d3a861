using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>
/// Moves frames between a connection and the core, and runs what the core decided after the gate is released.
/// </summary>
/// <remarks>
/// A stream's messages are told by receive callbacks, which never overlap. Its end is told by whoever decided it, but
/// while a receive callback has something to tell only by that one, after everything else of its batch.
/// </remarks>
internal sealed class SessionPump : IReceiver, ISendSource
{
    private readonly SessionWorld _shared;
    private readonly PeerSession _session;
    private readonly ISessionHandler _handler;
    private readonly SessionOptions _options;
    private readonly SessionTimer _timer;
    // Guarded by the gate. Made by the first stream with a deadline; those of the peer have none.
    private StreamDeadlines? _deadlines;

    // Guarded by the gate: why the connection is being aborted; a SessionClose, boxed.
    private object? _reason;
    private bool _starting;
    private SessionTasks _tasks;
    private volatile bool _started;
    private volatile bool _failed;

    public SessionPump(
        PeerSession session,
        World world,
        Connection connection,
        SessionRole role,
        ISessionHandler handler,
        SessionOptions options)
    {
        _shared = SessionWorld.Of(world);
        _session = session;
        Connection = connection;
        _handler = handler;
        _options = options;
        Core = new SessionCore(session, role, options, handler, world.Blocks);
        _timer = new SessionTimer(this);
    }

    public World World => _shared.World;

    public ILogger Logger => _shared.Logger;

    public Connection Connection { get; }

    public Lock Gate { get; } = new();

    public SessionCore Core { get; }

    public EndTeller Teller => new(this);

    public bool IsStarted
    {
        get
        {
            lock (Gate)
            {
                return _starting;
            }
        }
    }

    /// <summary>The clock as it was read for the frames that are being handed out. Receive callbacks only.</summary>
    public long ReceivedAt { get; set; }

    public Task Established => _tasks.Established(World.Executor);

    public Task<SessionClose> Closed => _tasks.Closed(World.Executor);

    public void Start()
    {
        lock (Gate)
        {
            if (_starting && _reason is not null)
            {
                return;
            }

            if (_starting)
            {
                throw new InvalidOperationException("The session was started before.");
            }

            _starting = true;
            Core.Liveness.OnStart(World.Timers.Now);
        }

        _timer.Start();
        Connection.Start(this, this);
        _started = true;
        Connection.RequestSend();
    }

    /// <summary>A stream of this side has begun. Under the gate; after it the result's timer is to be set.</summary>
    public StreamDeadlines? OnBegun(long deadline)
    {
        if (deadline != long.MaxValue)
        {
            (_deadlines ??= new StreamDeadlines(this)).OnBegun(deadline);
        }

        return _deadlines;
    }

    /// <summary>Something was queued. Before the start it waits for that, and in a batch for its end or many.</summary>
    public void RequestSend(bool many = false)
    {
        if (_started && many)
        {
            Connection.RequestSendNow();
        }
        else if (_started)
        {
            Connection.RequestSend();
        }
    }

    /// <summary>Ends the session by closing its connection at once; the first reason wins.</summary>
    public void Abort(in SessionClose reason)
    {
        bool neverStarted;
        lock (Gate)
        {
            _reason ??= reason;
            neverStarted = !_starting;
            _starting = true;
        }

        Connection.Abort(TransportError.Aborted, reason.Detail);
        if (neverStarted)
        {
            // The connection knows of no receiver to tell.
            OnClosed(new ConnectionClose(TransportError.Aborted, reason.Detail));
        }
    }

    /// <summary>Aborts if the session has not ended by then.</summary>
    public void AbortAfter(TimeSpan timeout) => _timer.AbortAfter((long)timeout.TotalMilliseconds);

    public int OnReceived(in ReceivedData data)
    {
        if (_failed)
        {
            return data.Length;
        }

        var scratch = _shared.Scratch.Get();
        var offset = 0;
        try
        {
            while (new FrameIntake(this).TakeFrames(in data, scratch.In, ref offset))
            {
            }
        }
        finally
        {
            _shared.Scratch.Return(scratch);
        }

        return _failed ? data.Length : offset;
    }

    public void OnBatchEnd() => _handler.OnBatchEnd(_session);

    public void OnEndOfInput()
    {
        lock (Gate)
        {
            Core.OnEndOfInput();
        }

        Teller.TellAll(receiving: true);
        _timer.AbortAfter(SessionLimits.SendTimeoutMilliseconds);
        RequestSend();
    }

    public void OnClosed(in ConnectionClose close)
    {
        SessionClose end;
        lock (Gate)
        {
            var reason = (SessionClose?)_reason ?? InOrder(in close) ?? SessionMessages.OfConnection(in close);
            Core.Fail(reason.Error, reason.Detail, reason.ByPeer);
            end = Core.Close!.Value;
        }

        _timer.Stop();
        _deadlines?.Stop();
        Teller.TellAll(receiving: true);
        SessionLog.Over(Logger, Connection, in end);
        try
        {
            _handler.OnClosed(_session, in end);
        }
#pragma warning disable CA1031 // It is somebody else's code, and those who wait for the end must hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SessionLog.CallbackThrew(Logger, Connection.Id, nameof(ISessionHandler.OnClosed), exception);
        }

        FailEstablished(in end, close.Exception);
        _tasks.OnClosed(World.Executor, in end);
    }

    public SendState FillSend(ref SendBatch batch)
    {
        var scratch = _shared.Scratch.Get();
        var frames = scratch.Out;
        int count;
        SendState state;
        var now = World.Timers.Now;
        lock (Gate)
        {
            count = Core.Choose(frames, batch.Remaining, now, out var more);
            state = more ? SendState.More : Core.IsDone ? SendState.End : SendState.Idle;
            Core.Farewell.OutputEnded |= state == SendState.End;
        }

        try
        {
            FrameWriter.WriteAll(ref batch, frames.AsSpan(0, count), _options.Compress);
        }
        catch (ByteBudgetExceededException)
        {
            lock (Gate)
            {
                _reason ??= new SessionClose(SessionError.OutOfMemoryBudget, false, "No memory to send with.");
            }

            throw;
        }
        finally
        {
            foreach (ref readonly var frame in frames.AsSpan(0, count))
            {
                frame.Framed?.OnFramed(frame.Header.PayloadLength);
                if (frame.Completed is { } stream)
                {
                    Teller.Tell(stream, new StreamEnd(StreamEndKind.Completed, default, true, default));
                }
            }

            Array.Clear(frames, 0, count);
            _shared.Scratch.Return(scratch);
        }

        return state;
    }

    public void OnEstablished()
    {
        SessionLog.Established(Logger, Connection.Id, Connection.RemoteAddress);
        _tasks.OnEstablished();
    }

    /// <summary>The core has failed: streams end, its GOAWAY goes out, what still comes in is ignored.</summary>
    public void OnFailed()
    {
        Teller.TellAll(receiving: false);
        if (_failed)
        {
            return;
        }

        _failed = true;
        SessionClose close;
        lock (Gate)
        {
            close = Core.Close!.Value;
        }

        FailEstablished(in close, null);
        _timer.AbortAfter(SessionLimits.LingerMilliseconds);
        RequestSend();
    }

    private void FailEstablished(in SessionClose close, Exception? exception)
    {
        if (!_tasks.IsEstablishedKnown)
        {
            var message = SessionMessages.WhyNotEstablished(in close, Connection.RemoteAddress);
            _tasks.OnNotEstablished(World.Executor, new SessionException(close.Error, message, exception));
        }
    }

    // Under the gate: nothing was open, and one side had said that it stops. After that it may go as it likes.
    private SessionClose? InOrder(in ConnectionClose close) =>
        close.Error == TransportError.None || Core.Farewell.PeerSaid is not null ? Core.OrderlyClose : null;
}
