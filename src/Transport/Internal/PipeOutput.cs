using System.IO.Pipelines;

namespace NetCore.Transport.Internal;

/// <summary>Sends what is flushed into a pipe.</summary>
internal sealed class PipeOutput : ISendSource
{
    private readonly Pipe _pipe;
    private readonly Action _wake;

    // Of the holder of the send role.
    private ValueTask<ReadResult> _read;
    private bool _reading;

    public PipeOutput(Connection connection, PipeViewOptions options, PipeScheduler scheduler)
    {
        _wake = connection.RequestSend;

        // The reader runs inside the caller's flush: the caller itself sends.
        _pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: scheduler,
            pauseWriterThreshold: options.PauseThreshold,
            resumeWriterThreshold: options.PauseThreshold / 2,
            useSynchronizationContext: false));

        // The first fill registers for what is flushed; it is marked here and comes at Start.
        connection.RequestSend();
    }

    public PipeWriter Writer => _pipe.Writer;

    public static TransportException? ToException(in ConnectionClose close) => close.Error == TransportError.None
        ? null : new TransportException(close.Error, close.Detail ?? close.Error.ToString(), close.Exception);

    public SendState FillSend(ref SendBatch batch)
    {
        if (!_reading)
        {
            _reading = true;
#pragma warning disable CA2012 // Kept until it has completed and consumed once, by the holder of the send role.
            _read = _pipe.Reader.ReadAsync();
#pragma warning restore CA2012
            if (!_read.IsCompleted)
            {
                _read.GetAwaiter().UnsafeOnCompleted(_wake);
                return SendState.Idle;
            }
        }
        else if (!_read.IsCompleted)
        {
            return SendState.Idle;
        }

        _reading = false;
        var result = _read.GetAwaiter().GetResult();
        var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, batch.Remaining));
        foreach (var segment in part)
        {
            batch.Write(segment.Span);
        }

        var all = part.Length == result.Buffer.Length;
        _pipe.Reader.AdvanceTo(part.End);
        if (all && result.IsCompleted)
        {
            return SendState.End;
        }

        // An empty batch must not answer More: a flush without bytes ends here and waits for the next one.
        return part.Length > 0 ? SendState.More : FillSend(ref batch);
    }

    /// <summary>The connection is closed: further flushes say so.</summary>
    public void Complete(Exception? error) => _pipe.Reader.Complete(error);
}
