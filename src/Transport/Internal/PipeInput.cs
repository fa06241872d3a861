using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace NetCore.Transport.Internal;

/// <summary>Puts the input into a pipe and pauses the connection while the pipe is full.</summary>
internal sealed class PipeInput : IReceiver
{
    private readonly Connection _connection;
    private readonly PipeOutput _output;
    private readonly Pipe _pipe;
    private readonly Action _resume;
    private readonly TaskCompletionSource _closed = new();
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _readerGone;

    public PipeInput(Connection connection, PipeViewOptions options, PipeScheduler scheduler, PipeOutput output)
    {
        _connection = connection;
        _output = output;
        _resume = Resume;

        // A flush completes inside the reader's AdvanceTo, where it only posts a work item.
        _pipe = new Pipe(new PipeOptions(
            readerScheduler: scheduler,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: options.PauseThreshold,
            resumeWriterThreshold: options.PauseThreshold / 2,
            useSynchronizationContext: false));
    }

    public PipeReader Reader => _pipe.Reader;

    /// <summary>Completes when the connection is closed.</summary>
    public Task Closed => _closed.Task;

    public int OnReceived(in ReceivedData data)
    {
        if (_readerGone)
        {
            return data.Length;
        }

        _pipe.Writer.Write(data.Span);
#pragma warning disable CA2012 // Consumed once: here when it is complete, else by the continuation.
        _flush = _pipe.Writer.FlushAsync().GetAwaiter();
#pragma warning restore CA2012
        if (_flush.IsCompleted)
        {
            _readerGone = _flush.GetResult().IsCompleted;
        }
        else
        {
            _connection.PauseReceive();
            _flush.UnsafeOnCompleted(_resume);
        }

        return data.Length;
    }

    public void OnBatchEnd()
    {
    }

    public void OnEndOfInput() => _pipe.Writer.Complete();

    public void OnClosed(in ConnectionClose close)
    {
        var error = PipeOutput.ToException(close);
        _pipe.Writer.Complete(error);
        _output.Complete(error);
        _closed.TrySetResult();
    }

    private void Resume()
    {
        _readerGone = _flush.GetResult().IsCompleted;
        _connection.ResumeReceive();
    }
}
