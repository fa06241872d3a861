using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Receives and delivers, in the role of the one runner.</summary>
internal sealed class ReceivePump : IThreadPoolWorkItem, ITimerTarget
{
    // Receives in one go before other work may run: 16 times 32 KiB is half a MiB.
    private const int MaxRounds = 16;

    private readonly PumpConnection _connection;
    private readonly IConnectionIo _io;
    private readonly World _world;
    private readonly ReceiveIntake _intake;
    private readonly bool _keepBuffer;
    private ReceiveRole _role;
    private AfterBatch _after;

    // Made by the runner when it is needed, which is rarely: every connection that waits would hold one.
    private volatile WheelTimer? _retry;

    // Written by the runner only.
    private GuardedReceiver _receiver;
    private bool _armed;
    private bool _delivered;
    private int _rounds;

    public ReceivePump(PumpConnection connection, IConnectionIo io, World world, bool keepBuffer)
    {
        _connection = connection;
        _io = io;
        _world = world;
        _intake = new ReceiveIntake(connection, io, world.Blocks.CacheOf(connection.Executor));
        _after = new AfterBatch(world.Executor);
        _keepBuffer = keepBuffer;
    }

    public long Bytes => _intake.Bytes;

    public long Receives => _intake.Receives;

    public void Start(IReceiver receiver)
    {
        _receiver = new GuardedReceiver(_connection, receiver);
        if (_role.Start())
        {
            _connection.Executor.Post(this);
        }
    }

    public void Pause() => _role.Pause();

    public void Resume()
    {
        if (_role.Resume())
        {
            _connection.Executor.Post(this);
        }
    }

    public void Execute() => Run();

    public void OnReadable()
    {
        if (_role.EndWait())
        {
            Run();
        }
    }

    /// <summary>
    /// Receives while the role waits, instead of an event; true when something was there. By the thread that also
    /// gives the events and runs this pump.
    /// </summary>
    public bool TryReceive()
    {
        if (!_role.IsWaiting || !_intake.Poll())
        {
            return false;
        }

        // A resume may have taken the role meanwhile; then the run that it posts delivers.
        OnReadable();
        return true;
    }

    /// <summary>The wait will be long. By the same thread.</summary>
    public void OnIdle()
    {
        if (!_keepBuffer)
        {
            _intake.Buffer.ReleaseIfEmpty();
        }
    }

    public void RunAfterBatch(IThreadPoolWorkItem item) => _after.Add(item);

    public void OnTimer(WheelTimer timer, long token) => _connection.Executor.Post(this);

    /// <summary>True when receiving is over with this call.</summary>
    public bool Close()
    {
        var over = _role.Close();
        if (!over && _retry is { } retry && _world.Timers.Cancel(retry))
        {
            _connection.Executor.Post(this);
        }

        return over;
    }

    /// <summary>Gives back the memory. Only after receiving is over.</summary>
    public void Drop() => _intake.Buffer.Release();

    // The caller is the runner. It passes that on, or leaves, before this returns.
    private void Run()
    {
        _rounds = MaxRounds;
        while (true)
        {
            var stop = RunBatch(out var work);
            if (TryLeave(stop))
            {
                // Nothing of the connection is touched any more: it may be received on elsewhere by now.
                _after.RunOrPost(work);
                return;
            }

            // More is there: a few receives, which never block, are less than waking somebody for the work.
            _after.Keep(work);
        }
    }

    // True when the role is passed on or given up.
    private bool TryLeave(ReceiveStop stop)
    {
        switch (stop)
        {
            case ReceiveStop.Drained:
                if (!_keepBuffer && !_io.IsPolled)
                {
                    _intake.Buffer.ReleaseIfEmpty();
                }

                return TryWait();
            case ReceiveStop.Yield:
                _connection.Executor.Post(this);
                return true;
            case ReceiveStop.NoMemory:
                var retry = _retry ??= new WheelTimer(this);
                _world.Timers.Schedule(retry, TransportLimits.NoMemoryRetryMilliseconds);
                return !_role.IsClosed || !_world.Timers.Cancel(retry);
            case ReceiveStop.EndOfInput:
                _intake.Buffer.Release();
                _connection.OnReceiveOver();
                return true;
            default:
                return Park();
        }
    }

    // One receive batch: sends of this connection are gathered meanwhile.
    private ReceiveStop RunBatch(out IThreadPoolWorkItem? work)
    {
        _connection.HoldSends();
        _delivered = false;
        _after.Begin();
        var stop = RunRounds();
        _receiver.EndBatch(_delivered, stop == ReceiveStop.EndOfInput);
        work = _after.End();
        _connection.ReleaseSends();
        return stop;
    }

    private ReceiveStop RunRounds()
    {
        // A wait that is still armed means that a resume woke this run: there is nothing to receive yet.
        var drained = _armed && !TakeAnswer();
        while (true)
        {
            if (_role.IsClosed || _role.IsPaused)
            {
                return ReceiveStop.Parked;
            }

            if (_intake.Polled || (_role.TakeResumed() && _intake.Buffer.Length > 0))
            {
                drained |= _intake.Polled && _intake.Drained;
                Deliver();
                if (--_rounds <= 0)
                {
                    return ReceiveStop.Yield;
                }

                continue;
            }

            if (_intake.Buffer.Length >= TransportLimits.MaxUnconsumedBytes)
            {
                _connection.Abort(
                    TransportError.ReceiveOverflow, $"{_intake.Buffer.Length} bytes were left unconsumed.");
                return ReceiveStop.Parked;
            }

            if (drained)
            {
                return ReceiveStop.Drained;
            }

            if (--_rounds < 0)
            {
                return ReceiveStop.Yield;
            }

            if (_intake.Receive(out var bytes) is { } stop)
            {
                return stop;
            }

            drained = _intake.Drained;
            if (bytes > 0)
            {
                Deliver();
            }
        }
    }

    private void Deliver()
    {
        _delivered = true;
        _intake.TakePolled();
        _intake.Buffer.Consumed(_receiver.OnReceived(_intake.Buffer.Data));
    }

    // True when the wait goes on without this thread.
    private bool TryWait()
    {
        if (!_armed)
        {
            if (_io.WaitReadable())
            {
                return false;
            }

            _armed = true;
        }

        return _role.BeginWait();
    }

    private bool TakeAnswer()
    {
        if (_role.TakeReadable())
        {
            _armed = false;
            return true;
        }

        return false;
    }

    // True when the role is given up. An armed wait stays armed; its answer is kept for the next run.
    private bool Park()
    {
        if (_intake.Buffer.Length == 0)
        {
            _intake.Buffer.ReleaseIfEmpty();
        }

        switch (_role.TryPark())
        {
            case Leave.Stay:
                return false;
            case Leave.Closed:
                _connection.OnReceiveOver();
                return true;
            default:
                return true;
        }
    }
}
