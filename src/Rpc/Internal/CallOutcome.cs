namespace NetCore.Rpc.Internal;

/// <summary>How a call failed, before it becomes an exception for the one who waits.</summary>
internal readonly record struct CallOutcome(RpcErrorCode Code, RpcExecution Execution, string? Detail);
