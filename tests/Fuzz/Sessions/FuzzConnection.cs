using NetCore.Core;
using NetCore.Fuzz.Memory;
using NetCore.Transport;

namespace NetCore.Fuzz.Sessions;

/// <summary>A connection whose other end is the input; it holds the session to the contract of a receiver.</summary>
internal sealed class FuzzConnection(World world, bool inBlocks) : Connection, IThreadPoolWorkItem
{
    private static readonly GuardedMemory Lent = new(CoreLimits.LargeBlockBytes);

    private readonly TaskCompletionSource _closed = new();
    private IReceiver _receiver = null!;
    private ISendSource _source = null!;
    private ConnectionClose? _close;
    private bool _requested;
    private bool _filling;
    private bool _inputEnded;
    private bool _outputEnded;
    private int _holds;
    private int _consumed;

    /// <summary>What came out.</summary>
    public List<byte> Output { get; } = [];

    /// <summary>The peer does not read.</summary>
    public bool IsBlocked { get; set; }

    public bool IsClosed => _close is not null;

    public override string Id => "fuzz1";

    public override string Backend => "fuzz";

    public override TransportAddress LocalAddress { get; } = "inproc://fuzz";

    public override TransportAddress RemoteAddress { get; } = "inproc://peer";

    public override ConnectionCapabilities Capabilities => ConnectionCapabilities.HalfClose;

    public override IExecutor Executor => world.Executor;

    public override ConnectionStatistics Statistics => default;

    public override void Start(IReceiver receiver, ISendSource source) => (_receiver, _source) = (receiver, source);

    public override void RequestSend()
    {
        _requested = true;
        Fill();
    }

    public override void HoldSends() => _holds++;

    public override void ReleaseSends()
    {
        _holds--;
        Fill();
    }

    public override void RunAfterBatch(IThreadPoolWorkItem item) => world.Executor.Post(item);

    public override void PauseReceive() => throw new BrokenLawException("A session pauses nothing.");

    public override void ResumeReceive() => throw new BrokenLawException("A session pauses nothing.");

    public override void Abort(TransportError reason = TransportError.Aborted, string? detail = null) =>
        Close(new ConnectionClose(reason, detail));

    public override ValueTask DisposeAsync()
    {
        Abort();
        return new ValueTask(_closed.Task);
    }

    /// <summary>More of the input has arrived: all of it up to <paramref name="arrived"/>.</summary>
    public void Deliver(ReadOnlySpan<byte> input, int arrived)
    {
        _holds++;
        while (_close is null && _consumed < arrived)
        {
            var part = input[_consumed..Math.Min(arrived, _consumed + CoreLimits.LargeBlockBytes)];
            var consumed = Receive(part);
            BrokenLawException.Unless(consumed >= 0 && consumed <= part.Length);
            _consumed += consumed;
            if (consumed == 0)
            {
                BrokenLawException.Unless(part.Length < TransportLimits.MaxUnconsumedBytes);
                break;
            }
        }

        _receiver.OnBatchEnd();
        ReleaseSends();
    }

    public void EndInput()
    {
        if (_close is null)
        {
            _inputEnded = true;
            _receiver.OnEndOfInput();
            Fill();
        }
    }

    public void Unblock()
    {
        IsBlocked = false;
        Fill();
    }

    void IThreadPoolWorkItem.Execute()
    {
        _receiver.OnClosed(_close!.Value);
        _closed.TrySetResult();
    }

    private int Receive(ReadOnlySpan<byte> part)
    {
        if (!inBlocks || !world.Blocks.TryRent(BlockSize.Large, "fuzz input", out var block))
        {
            var lent = Lent.AtEnd(part.Length).Span;
            part.CopyTo(lent);
            return _receiver.OnReceived(new ReceivedData(world.Blocks, lent));
        }

        var start = block.Capacity - part.Length;
        part.CopyTo(block.Span[start..]);
        var consumed = _receiver.OnReceived(new ReceivedData(world.Blocks, block, start, part.Length));
        block.Release();
        return consumed;
    }

    private void Fill()
    {
        while (!_filling && _requested && _holds == 0 && !IsBlocked && !_outputEnded && _close is null)
        {
            _requested = false;
            _filling = true;
            FillOnce();
            _filling = false;
        }

        if (_inputEnded && _outputEnded)
        {
            Close(new ConnectionClose(TransportError.None));
        }
    }

    private void FillOnce()
    {
        var buffer = new SendBuffer(world.Blocks);
        try
        {
            var batch = new SendBatch(buffer);
            var state = _source.FillSend(ref batch);
            buffer.Seal();
            for (var i = 0; i < buffer.SegmentCount; i++)
            {
                Output.AddRange(buffer.GetSegment(i));
            }

            _outputEnded = state == SendState.End;
            _requested |= state == SendState.More;
        }
        catch (ByteBudgetExceededException exception)
        {
            Close(new ConnectionClose(TransportError.SourceFailed, null, exception));
        }
        finally
        {
            buffer.Drop();
        }
    }

    private void Close(ConnectionClose close)
    {
        if (_close is null)
        {
            _close = close;
            world.Executor.Post(this);
        }
    }
}
