using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>A connection of two pumps over one byte stream, and the close machine that ends all three.</summary>
/// <remarks>
/// The close: whoever is first to have a reason (an abort, an error, or both sides at their end) closes the stream
/// and both roles. Three marks must come in: receiving is over, sending is over, the stream is closed. Whoever sets
/// the last one posts the work item that gives the memory back and calls OnClosed; no callback can follow it.
/// </remarks>
internal sealed class PumpConnection : Connection, IConnectionIoEvents, IThreadPoolWorkItem
{
    private const int ReceiveOver = 1;
    private const int SendOver = 2;
    private const int StreamClosed = 4;
    private const int AllOver = ReceiveOver | SendOver | StreamClosed;
    private const int Started = 8;
    private const int Released = 16;

    private readonly World _world;
    private readonly IConnectionIo _io;
    private readonly ReceivePump _receive;
    private readonly SendPump _send;

    // Made by who is first to ask: every connection that waits would hold one.
    private TaskCompletionSource? _closed;
    private IReceiver? _receiver;
    private CloseReason? _reason;
    private int _marks;

    // Of the executor, which is the reactor of a stream that can be lost.
    private bool _lost;
    private bool _lostSend;

    /// <summary>Makes a connection of a byte stream.</summary>
    /// <param name="world">Where it lives; what it wakes runs on its executor.</param>
    /// <param name="identity">What names it.</param>
    /// <param name="io">The stream, which it owns.</param>
    /// <param name="keepReceiveBuffer">Whether it keeps its block while it waits.</param>
    /// <param name="executor">Runs the connection's own work, a reactor for one; null means the world's.</param>
    public PumpConnection(
        World world,
        ConnectionIdentity identity,
        IConnectionIo io,
        bool keepReceiveBuffer,
        IExecutor? executor = null)
    {
        _world = world;
        Executor = executor ?? world.Executor;
        _io = io;
        Identity = identity;
        Metrics = world.GetOrAdd(static world => new TransportMetrics());
        Log = world.GetOrAdd(static world => new TransportLog(world.LoggerFactory));
        _receive = new ReceivePump(this, io, world, keepReceiveBuffer);
        _send = new SendPump(this, io, world.Blocks);
        Metrics.Opened(Backend);
        Log.Opened(Id, LocalAddress, RemoteAddress);
    }

    public ConnectionIdentity Identity { get; }

    public World World => _world;

    public override IExecutor Executor { get; }

    public TransportMetrics Metrics { get; }

    public TransportLog Log { get; }

    /// <summary>Whether receiver and source are watched for breaches of their contracts.</summary>
    public bool ChecksContract { get; init; }

    public override string Id => Identity.Id;

    public override string Backend => Identity.Backend;

    public override TransportAddress LocalAddress => Identity.Local;

    public override TransportAddress RemoteAddress => Identity.Remote;

    public override ConnectionCapabilities Capabilities => ConnectionCapabilities.HalfClose;

    public override ConnectionStatistics Statistics =>
        new(_receive.Bytes, _send.Bytes, _receive.Receives, _send.Sends);

    public override void Start(IReceiver receiver, ISendSource source)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentNullException.ThrowIfNull(source);
        if (ChecksContract)
        {
            var contract = new ContractState(Id);
            receiver = new ContractReceiver(receiver, contract);
            source = new ContractSource(source, contract);
        }

        if (Interlocked.CompareExchange(ref _receiver, receiver, null) is not null)
        {
            throw new InvalidOperationException($"Connection {Id} was started twice.");
        }

        if ((Interlocked.Or(ref _marks, Started) & Released) != 0)
        {
            Executor.Post(this);
            return;
        }

        _receive.Start(receiver);
        _send.Start(source);
    }

    public override void RequestSend() => _send.Request();

    public override void RequestSendNow() => _send.RequestNow();

    public override void HoldSends() => _send.Hold();

    public override void ReleaseSends() => _send.Release();

    public override void RunAfterBatch(IThreadPoolWorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _receive.RunAfterBatch(item);
    }

    public override void PauseReceive() => _receive.Pause();

    public override void ResumeReceive() => _receive.Resume();

    public override void Abort(TransportError reason = TransportError.Aborted, string? detail = null) =>
        Abort(reason, detail, null);

    public void Abort(TransportError reason, string? detail, Exception? exception)
    {
        if (!TryClose(new CloseReason(new ConnectionClose(reason, detail, exception))))
        {
            return;
        }

        var marks = _receive.Close() ? ReceiveOver : 0;
        marks |= _send.Close() ? SendOver : 0;
        Mark(marks);
    }

    /// <summary>The stream failed while it did <paramref name="operation"/>.</summary>
    public void Fail(in IoResult result, string operation) =>
        Abort(result.Error, $"The {operation} failed: {result.Exception?.Message ?? result.Error.ToString()}",
            result.Exception);

    public override ValueTask DisposeAsync()
    {
        Abort(TransportError.Aborted, "The connection was disposed.");
        return new ValueTask(Closing().Task);
    }

    public void OnReadable() => _receive.OnReadable();

    public bool TryReceive() => _receive.TryReceive();

    public void OnIdle() => _receive.OnIdle();

    public void OnEngineEnds() => Abort(TransportError.Aborted, "The reactor was disposed.");

    public void OnSendCompleted(IoResult result) => _send.OnSendCompleted(result);

    public void OnStreamClosed()
    {
        if (!_lost)
        {
            Mark(StreamClosed);
            return;
        }

        var sent = _lostSend;
        _lost = _lostSend = false;
        Metrics.Found(Backend);
        Log.Found(Id);
        if ((Volatile.Read(ref _marks) & Released) == 0)
        {
            return;
        }

        if (sent)
        {
            _send.Drop();
        }

        _io.Dispose();
    }

    public void OnStreamLost(int requests, bool sends)
    {
        _lost = true;
        _lostSend = sends;
        Metrics.Lost(Backend);
        Log.Lost(Id, requests);

        // The role of a send that does not end is not given back, so that its source is not asked again. One that
        // somebody else has, who may be filling, ends as ever.
        Mark(sends ? StreamClosed | SendOver : StreamClosed);
    }

    public void OnReceiveOver() => Mark(ReceiveOver);

    public void OnSendOver() => Mark(SendOver);

    /// <summary>
    /// The last work item of this connection; a second one only when it is started after it was closed.
    /// </summary>
    public void Execute()
    {
        _receive.Drop();
        if (!_lostSend)
        {
            _send.Drop();
        }

        if (!_lost)
        {
            _io.Dispose();
        }

        var marks = Interlocked.Or(ref _marks, Released);
        if ((marks & Started) != 0)
        {
            CallOnClosed();
        }

        if ((marks & Released) == 0)
        {
            Metrics.Closed(Backend, _reason!.Close.Error);
            Log.Closed(Id, _reason.Close.Error, _reason.Close.Detail, _reason.Close.Exception);
            TellClosed();
        }
    }

    private TaskCompletionSource Closing() => Volatile.Read(ref _closed)
        ?? Interlocked.CompareExchange(ref _closed, new TaskCompletionSource(), null) ?? _closed;

    // Who awaits the close must not go on on a reactor.
    private void TellClosed()
    {
        if (Executor == _world.Executor)
        {
            Closing().TrySetResult();
        }
        else
        {
            _world.Executor.Post(new ClosedItem(Closing()));
        }
    }

    private void CallOnClosed()
    {
        try
        {
            _receiver!.OnClosed(_reason!.Close);
        }
#pragma warning disable CA1031 // The connection is over; what its receiver throws must not reach the executor.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OnClosedThrew(Id, exception);
        }
    }

    private void Mark(int marks)
    {
        var before = Interlocked.Or(ref _marks, marks);
        var now = before | marks;
        if ((now & AllOver) == (ReceiveOver | SendOver))
        {
            TryClose(CloseReason.InOrder);
        }
        else if ((now & AllOver) == AllOver && (before & AllOver) != AllOver)
        {
            Executor.Post(this);
        }
    }

    private bool TryClose(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
        {
            return false;
        }

        if (_io.Close(abortive: reason.Close.Error != TransportError.None))
        {
            Mark(StreamClosed);
        }

        return true;
    }

    private sealed class ClosedItem(TaskCompletionSource closed) : IThreadPoolWorkItem
    {
        public void Execute() => closed.TrySetResult();
    }
}
