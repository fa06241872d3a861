using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>Counts bytes where they arrive, in the receive callback.</summary>
internal sealed class PushedSink : IReceiver, ISendSource
{
    private TaskCompletionSource _done = new();
    private long _left;

    public PushedSink(Connection connection) => connection.Start(this, this);

    /// <summary>Completes when so many further bytes have come. One at a time, and before they are sent.</summary>
    public Task ExpectAsync(long bytes)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, bytes);
        return _done.Task;
    }

    public int OnReceived(in ReceivedData data)
    {
        if (Interlocked.Add(ref _left, -data.Length) == 0)
        {
            _done.SetResult();
        }

        return data.Length;
    }

    public void OnBatchEnd()
    {
    }

    public void OnEndOfInput()
    {
    }

    public void OnClosed(in ConnectionClose close) =>
        _done.TrySetException(new InvalidOperationException("The connection was closed."));

    public SendState FillSend(ref SendBatch batch) => SendState.Idle;
}
