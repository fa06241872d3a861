using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>Starts code on the thread of an executor.</summary>
internal sealed class OnExecutor : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Task> _code;

    private OnExecutor(Func<Task> code) => _code = code;

    /// <summary>The task ends as the code's does, in the pool.</summary>
    public static Task RunAsync(IExecutor executor, Func<Task> code)
    {
        var item = new OnExecutor(code);
        executor.Post(item);
        return item._over.Task;
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            await _code();
            _over.SetResult();
        }
        catch (Exception exception)
        {
            _over.SetException(exception);
        }
    }
}
