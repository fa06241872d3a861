namespace NetCore.Transport.Internal;

/// <summary>Watches that the callbacks of a receiver come as <see cref="IReceiver"/> says.</summary>
internal sealed class ContractReceiver(IReceiver inner, ContractState state) : IReceiver
{
    private bool _ended;
    private bool _inBatch;

    public int OnReceived(in ReceivedData data)
    {
        state.EnterReceive();
        try
        {
            state.Require(!_ended, "input came after its end");
            state.Require(data.Length > 0, "an empty delivery");
            _inBatch = true;
            return inner.OnReceived(data);
        }
        finally
        {
            state.LeaveReceive();
        }
    }

    public void OnBatchEnd()
    {
        state.EnterReceive();
        try
        {
            state.Require(_inBatch, "the end of a batch that had no delivery");
            _inBatch = false;
            inner.OnBatchEnd();
        }
        finally
        {
            state.LeaveReceive();
        }
    }

    public void OnEndOfInput()
    {
        state.EnterReceive();
        try
        {
            state.Require(!_ended, "two ends of input");
            state.Require(!_inBatch, "the end of input within a batch");
            _ended = true;
            inner.OnEndOfInput();
        }
        finally
        {
            state.LeaveReceive();
        }
    }

    public void OnClosed(in ConnectionClose close)
    {
        state.EnterClosed();
        inner.OnClosed(close);
    }
}
