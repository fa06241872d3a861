using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>Sends back what comes, in order; stops to read while too much waits to be sent.</summary>
internal sealed class EchoRelay(Connection connection) : IReceiver, ISendSource
{
    // Two largest sends: one is with the kernel, and the next is there when it returns.
    private const int MostWaiting = 2 * TransportLimits.MaxSendBatchBytes;

    // A piece of one byte has a block of its own: what comes in very small ones is bounded by their number.
    private const int MostPieces = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Lease> _waiting = new();
    private int _waitingBytes;
    private bool _paused;
    private bool _ended;

    public int OnReceived(in ReceivedData data)
    {
        lock (_gate)
        {
            _waiting.Enqueue(data.Retain(0, data.Length));
            _waitingBytes += data.Length;
            if ((_waitingBytes >= MostWaiting || _waiting.Count >= MostPieces) && !_paused)
            {
                _paused = true;
                connection.PauseReceive();
            }
        }

        return data.Length;
    }

    public void OnBatchEnd() => connection.RequestSend();

    public void OnEndOfInput()
    {
        lock (_gate)
        {
            _ended = true;
        }

        connection.RequestSend();
    }

    public void OnClosed(in ConnectionClose close)
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var lease))
            {
                lease.Dispose();
            }
        }
    }

    public SendState FillSend(ref SendBatch batch)
    {
        SendState state;
        bool resume;
        lock (_gate)
        {
            while (!batch.SegmentsFull && _waiting.TryPeek(out var next) && next.Length <= batch.Remaining)
            {
                _waitingBytes -= next.Length;
                batch.Link(_waiting.Dequeue());
            }

            state = _waiting.Count > 0 ? SendState.More : _ended ? SendState.End : SendState.Idle;
            resume = _paused && _waitingBytes < MostWaiting / 2 && _waiting.Count < MostPieces / 2;
            _paused &= !resume;
        }

        if (resume)
        {
            connection.ResumeReceive();
        }

        return state;
    }
}
