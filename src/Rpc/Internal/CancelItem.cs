namespace NetCore.Rpc.Internal;

/// <summary>Cancels a handler's token on the executor.</summary>
internal sealed class CancelItem(CancellationTokenSource cancellation) : IThreadPoolWorkItem
{
    public void Execute()
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // A callback that the handler registered threw. It is the handler's to deal with, not this thread's.
        }
    }
}
