using NetCore.Core;
using NetCore.Transport;

/// <summary>Sends back what it gets; stops reading while much is unsent.</summary>
internal sealed class EchoConnection(Connection connection) : IReceiver, ISendSource
{
    private const int MaxUnsentBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Lease> _unsent = new();
    private int _bytes;
    private bool _ended;

    public void Start() => connection.Start(this, this);

    public int OnReceived(in ReceivedData data)
    {
        // At most one frame payload in a lease, so that each fits into a send batch.
        var length = Math.Min(data.Length, 16 * 1024);
        lock (_lock)
        {
            _unsent.Enqueue(data.Retain(0, length));
            _bytes += length;
            if (_bytes >= MaxUnsentBytes)
            {
                connection.PauseReceive();
            }
        }

        connection.RequestSend();
        return length;
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

            connection.ResumeReceive();
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
