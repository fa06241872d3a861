using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Asks the source and sends, in the role of the one holder.</summary>
internal sealed class SendPump : IThreadPoolWorkItem
{
    // The engine's own share before it lets other work run: 16 batches are at most 1 MiB.
    private const int EngineBatches = 16;

    private readonly PumpConnection _connection;
    private readonly IConnectionIo _io;
    private readonly SendBuffer _buffer;
    private SendRole _role;

    // Written by the holder of the role only.
    private ISendSource? _source;
    private SendState _state;
    private long _bytes;
    private long _sends;

    public SendPump(PumpConnection connection, IConnectionIo io, BlockPool blocks)
    {
        _connection = connection;
        _io = io;
        _buffer = new SendBuffer(blocks);

        // Requests before Start are marked; Start releases this hold.
        _role.Hold();
    }

    public long Bytes => Volatile.Read(ref _bytes);

    public long Sends => Volatile.Read(ref _sends);

    public void Start(ISendSource source)
    {
        Volatile.Write(ref _source, source);
        Release();
    }

    public void Request()
    {
        if (_role.Request())
        {
            Run(TransportLimits.MaxCallerBatches);
        }
    }

    public void RequestNow()
    {
        // Before the start there is nobody to ask: the request waits like any other.
        if (_role.Request(throughHolds: Volatile.Read(ref _source) is not null))
        {
            Run(TransportLimits.MaxCallerBatches, now: true);
        }
    }

    public void Hold() => _role.Hold();

    public void Release()
    {
        if (_role.Release())
        {
            Run(TransportLimits.MaxCallerBatches);
        }
    }

    public void Execute() => Run(EngineBatches);

    public void OnSendCompleted(IoResult result)
    {
        if (result.Status == IoStatus.Failed)
        {
            _connection.Fail(result, "send");
        }

        // A batch that is out wholly is finished first: the source is not asked again before what it said about the
        // time after this batch, an end above all, has been done.
        if (_buffer.Length > 0 || !FinishBatch())
        {
            Run(EngineBatches);
        }
    }

    /// <summary>True when sending is over with this call.</summary>
    public bool Close() => _role.Close();

    /// <summary>Gives back what was not sent. Only after sending is over.</summary>
    public void Drop() => _buffer.Drop();

    // The caller holds the role. It is given up, or passed on to a work item or a completion, before this returns.
    private void Run(int batches, bool now = false)
    {
        while (true)
        {
            if (_buffer.Length == 0)
            {
                Fill();
            }

            if (_buffer.Length > 0 && !_role.IsClosed && !Send(now))
            {
                return;
            }

            if (FinishBatch())
            {
                return;
            }

            if (--batches == 0)
            {
                _connection.Executor.Post(this);
                return;
            }
        }
    }

    private void Fill()
    {
        _state = SendState.Idle;
        if (!_role.BeginFill())
        {
            return;
        }

        try
        {
            var batch = new SendBatch(_buffer);
            _state = _source!.FillSend(ref batch);
            _buffer.Seal();
            Count(_buffer.Length);
            if (_state == SendState.More && _buffer.Length == 0)
            {
                throw new InvalidOperationException("The source answered More but put nothing into an empty batch.");
            }
        }
        catch (ByteBudgetExceededException exception)
        {
            _buffer.Drop();
            _connection.Abort(TransportError.OutOfResources, "No memory for a send batch.", exception);
        }
#pragma warning disable CA1031 // Whatever a source throws ends its own connection and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // What it has put there already is not sealed. When the close is under way elsewhere, this is not yet told.
            _buffer.Drop();
            _connection.Log.SourceThrew(_connection.Id, exception);
            _connection.Abort(TransportError.SourceFailed, "The send source threw.", exception);
        }
    }

    // False when the rest is under way and a completion goes on; the buffer is then no longer this thread's.
    private bool Send(bool now)
    {
        var result = now ? _io.SendNow(_buffer) : _io.Send(_buffer);
        if (result.Status == IoStatus.Failed)
        {
            _connection.Fail(result, "send");
        }

        return result.Status != IoStatus.Pending;
    }

    private void Count(int bytes)
    {
        if (bytes > 0)
        {
            Volatile.Write(ref _bytes, _bytes + bytes);
            Volatile.Write(ref _sends, _sends + 1);
            _connection.Metrics.Sent(bytes);
        }
    }

    // True when the role is given up.
    private bool FinishBatch()
    {
        if (_role.IsClosed)
        {
            _buffer.Drop();
            if (_role.TryLeave(more: false) != Leave.Closed)
            {
                throw new InvalidOperationException("A closed role was left open.");
            }

            _connection.OnSendOver();
            return true;
        }

        if (_buffer.Length > 0)
        {
            // The send failed because somebody closes, who has not come to this role yet: what the source said about
            // the time after this batch, an end above all, must not be done.
            return false;
        }

        if (_state != SendState.More)
        {
            _buffer.Trim();
        }

        if (_state == SendState.End)
        {
            var result = _io.ShutdownSend();
            if (result.Status == IoStatus.Failed)
            {
                _connection.Fail(result, "shutdown");
            }

            _role.End();
            _connection.OnSendOver();
            return true;
        }

        switch (_role.TryLeave(_state == SendState.More))
        {
            case Leave.Stay:
                return false;
            case Leave.Closed:
                _buffer.Drop();
                _connection.OnSendOver();
                return true;
            default:
                return true;
        }
    }
}
