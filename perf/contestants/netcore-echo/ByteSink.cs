using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>Counts what comes and says how much it was when it ends.</summary>
internal sealed class ByteSink(Connection connection) : IReceiver, ISendSource
{
    private long _total;
    private volatile bool _ended;

    public int OnReceived(in ReceivedData data)
    {
        _total += data.Length;
        return data.Length;
    }

    public void OnBatchEnd()
    {
    }

    public void OnEndOfInput()
    {
        _ended = true;
        connection.RequestSend();
    }

    public void OnClosed(in ConnectionClose close)
    {
    }

    public SendState FillSend(ref SendBatch batch)
    {
        if (!_ended)
        {
            return SendState.Idle;
        }

        batch.Write(BitConverter.GetBytes(_total));
        return SendState.End;
    }
}
