namespace NetCore.Rpc;

/// <summary>What is known about the execution of a failed call at the server.</summary>
public enum RpcExecution
{
    /// <summary>The server has not started it and never will: repeating it is safe.</summary>
    NotSent,

    /// <summary>It may have run, run in part, or still run.</summary>
    MaybeExecuted,

    /// <summary>The handler ran and this is its answer.</summary>
    Executed,
}
