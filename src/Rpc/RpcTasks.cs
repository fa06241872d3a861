using System.Runtime.CompilerServices;

namespace NetCore.Rpc;

/// <summary>Conversions of pending calls, used by generated proxies.</summary>
public static class RpcTasks
{
    /// <summary>The same call without its empty result. Await it exactly once, as the one given.</summary>
    /// <remarks>
    /// A call that is complete costs nothing. A pending one borrows a state machine that the runtime keeps for reuse,
    /// one for each thread and one for each core: what waits at the same time beyond that is allocated.
    /// </remarks>
    public static ValueTask Ignore(ValueTask<Nothing> pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return IgnoreLaterAsync(pending);
        }

        // Taking the result gives the source behind the call back to its pool.
        _ = pending.Result;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask IgnoreLaterAsync(ValueTask<Nothing> pending) =>
        _ = await pending.ConfigureAwait(false);
}
