using NetCore.Core;
using NetCore.Transport;

/// <summary>Sends back what it gets; stops reading while much is unsent.</summary>
internal sealed class EchoConnection(Connection connection) : IReceiver, ISendSource
{
    // Parts that several fit into one send batch of 64 KiB.
    private const int MaxPartBytes = 16 * 1024;
    private const int MaxUnsentBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Lease> _unsent = new();
    private int _bytes;
    private bool _ended;

    public void Start() => connection.Start(this, this);

    public int OnReceived(in ReceivedData data)
    {
        lock (_lock)
        {
            for (var offset = 0; offset < data.Length; offset += MaxPartBytes)
            {
                _unsent.Enqueue(data.Retain(offset, Math.Min(MaxPartBytes, data.Length - offset)));
            }

            _bytes += data.Length;
            if (_bytes >= MaxUnsentBytes)
            {
                connection.PauseReceive();
            }
        }

        connection.RequestSend();
        return data.Length;
    }

    public void OnBatchEnd()
    {
    }

    public void OnEndOfInput()
    {
        lock (_lock)
        {
            _ended = true;
        }

        connection.RequestSend();
    }

    public SendState FillSend(ref SendBatch batch)
    {
        lock (_lock)
        {
            while (_unsent.TryPeek(out var lease))
            {
                if (batch.SegmentsFull || batch.Remaining < lease.Length)
                {
                    return SendState.More;
                }

                batch.Link(_unsent.Dequeue());
                _bytes -= lease.Length;
            }

            if (_bytes < MaxUnsentBytes)
            {
                connection.ResumeReceive();
            }

            return _ended ? SendState.End : SendState.Idle;
        }
    }

    public void OnClosed(in ConnectionClose close)
    {
        foreach (var lease in _unsent)
        {
            lease.Dispose();
        }
    }
}
