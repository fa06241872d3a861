using System.Runtime.InteropServices;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>A connection whose other end is the test: what comes out is recorded, what goes in is given.</summary>
internal sealed class FakeConnection(World world) : Connection, IThreadPoolWorkItem
{
    private readonly List<byte> _output = [];
    private readonly TaskCompletionSource _closed = new();
    private byte[] _unconsumed = [];
    private IReceiver? _receiver;
    private ISendSource? _source;
    private ConnectionClose? _close;
    private bool _requested;
    private bool _filling;
    private bool _inputEnded;
    private int _holds;

    /// <summary>Output is not taken: the peer does not read and the kernel's buffer is full.</summary>
    public bool Blocked { get; private set; }

    public bool OutputEnded { get; private set; }

    public bool Aborted { get; private set; }

    public bool OnClosedTold { get; private set; }

    public ReadOnlySpan<byte> Output => CollectionsMarshal.AsSpan(_output);

    public override string Id => "fake1";

    public override string Backend => "fake";

    public override TransportAddress LocalAddress => "inproc://fake";

    public override TransportAddress RemoteAddress => "inproc://peer";

    public override ConnectionCapabilities Capabilities => ConnectionCapabilities.HalfClose;

    public override IExecutor Executor => world.Executor;

    public override ConnectionStatistics Statistics => default;

    public override void Start(IReceiver receiver, ISendSource source)
    {
        Assert.Null(_receiver);
        _receiver = receiver;
        _source = source;
    }

    public override void RequestSend()
    {
        _requested = true;
        Fill();
    }

    public override void RequestSendNow() => FillNow();

    public override void HoldSends() => _holds++;

    public override void ReleaseSends()
    {
        _holds--;
        Fill();
    }

    public override void RunAfterBatch(IThreadPoolWorkItem item) => world.Executor.Post(item);

    public override void PauseReceive() => throw new NotSupportedException();

    public override void ResumeReceive() => throw new NotSupportedException();

    public override void Abort(TransportError reason = TransportError.Aborted, string? detail = null)
    {
        Aborted = true;
        Close(new ConnectionClose(reason, detail));
    }

    public override ValueTask DisposeAsync()
    {
        Abort();
        return new ValueTask(_closed.Task);
    }

    public void Block() => Blocked = true;

    public void Unblock()
    {
        Blocked = false;
        Fill();
    }

    /// <summary>Asks for output in the middle of a receive callback, as another thread may.</summary>
    public void FillNow()
    {
        var holds = _holds;
        _holds = 0;
        _requested = true;
        Fill();
        _holds = holds;
    }

    public void Lose() => Close(new ConnectionClose(TransportError.Reset, "lost"));

    /// <summary>Delivers bytes as one receive batch, with what was left before.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_close is not null)
        {
            return;
        }

        Assert.False(_inputEnded);
        byte[] all = [.. _unconsumed, .. bytes];
        _holds++;
        var offset = 0;
        while (offset < all.Length)
        {
            var part = Math.Min(all.Length - offset, CoreLimits.LargeBlockBytes);
            var consumed = Deliver(all.AsSpan(offset, part));
            Assert.InRange(consumed, 0, part);
            var wasLast = offset + part == all.Length;
            offset += consumed;
            if (wasLast)
            {
                break;
            }
        }

        _unconsumed = all[offset..];
        Assert.True(_unconsumed.Length < TransportLimits.MaxUnconsumedBytes);
        _receiver!.OnBatchEnd();
        ReleaseSends();
    }

    public void EndInput()
    {
        if (_close is not null)
        {
            return;
        }

        _inputEnded = true;
        _receiver!.OnEndOfInput();
        CloseIfOver();
    }

    void IThreadPoolWorkItem.Execute()
    {
        OnClosedTold = true;
        _receiver?.OnClosed(_close!.Value);
        _closed.TrySetResult();
    }

    // Without memory in the budget it gives bytes like a kernel ring does.
    private int Deliver(ReadOnlySpan<byte> bytes)
    {
        if (!world.Blocks.TryRent(BlockSize.Large, "fake input", out var block))
        {
            return _receiver!.OnReceived(new ReceivedData(world.Blocks, bytes));
        }

        bytes.CopyTo(block.Span);
        var consumed = _receiver!.OnReceived(new ReceivedData(world.Blocks, block, 0, bytes.Length));
        block.Release();
        return consumed;
    }

    private void Fill()
    {
        var mayFill = !_filling && _source is not null && _holds == 0;
        while (mayFill && _requested && !Blocked && !OutputEnded && _close is null)
        {
            _requested = false;
            _filling = true;
            var buffer = new SendBuffer(world.Blocks);
            try
            {
                var batch = new SendBatch(buffer);
                var state = _source!.FillSend(ref batch);
                buffer.Seal();
                Assert.False(state == SendState.More && buffer.Length == 0);
                for (var i = 0; i < buffer.SegmentCount; i++)
                {
                    _output.AddRange(buffer.GetSegment(i));
                }

                OutputEnded = state == SendState.End;
                _requested |= state == SendState.More;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Close(new ConnectionClose(TransportError.SourceFailed, "The source threw.", exception));
            }
            finally
            {
                buffer.Drop();
                _filling = false;
            }
        }

        CloseIfOver();
    }

    private void CloseIfOver()
    {
        if (_inputEnded && OutputEnded)
        {
            Close(new ConnectionClose(TransportError.None));
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
