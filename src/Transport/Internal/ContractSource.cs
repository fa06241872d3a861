namespace NetCore.Transport.Internal;

/// <summary>Watches that a source is asked as <see cref="ISendSource"/> says.</summary>
internal sealed class ContractSource(ISendSource inner, ContractState state) : ISendSource
{
    private bool _ended;

    public SendState FillSend(ref SendBatch batch)
    {
        state.EnterFill();
        try
        {
            state.Require(!_ended, "FillSend came after the source's end");
            var answer = inner.FillSend(ref batch);
            state.Require(answer is >= SendState.Idle and <= SendState.End, "the source's answer is no state");
            _ended = answer == SendState.End;
            return answer;
        }
        finally
        {
            state.LeaveFill();
        }
    }
}
