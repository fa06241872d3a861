namespace NetCore.Rpc;

/// <summary>Why a call failed. Together with <see cref="RpcExecution"/> it says what may be done next.</summary>
public enum RpcErrorCode
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>The caller cancelled.</summary>
    Cancelled = 1,

    /// <summary>The deadline passed first.</summary>
    DeadlineExceeded = 2,

    /// <summary>The server has no such method: check the contract's version and the registered services.</summary>
    UnknownMethod = 3,

    /// <summary>
    /// Request or response bytes do not fit the contract: client and server were built from different ones.
    /// </summary>
    BadMessage = 4,

    /// <summary>
    /// The handler threw; the detail names the exception's type only, unless the server exposes messages.
    /// </summary>
    HandlerFailed = 5,

    /// <summary>The server refused: too many calls at once. Try later or elsewhere.</summary>
    Overloaded = 6,

    /// <summary>No connection, or it was lost. The execution says whether the call may have run.</summary>
    Unavailable = 7,

    /// <summary>The other side is stopping in order; this call was not accepted and may go elsewhere.</summary>
    Draining = 8,

    /// <summary>The message is larger than the peer or this side allows.</summary>
    MessageTooLarge = 9,

    /// <summary>This side's memory budget for the network is used up.</summary>
    OutOfMemoryBudget = 10,

    /// <summary>
    /// The handler refused the call on purpose with <see cref="RpcException"/>; the detail is the handler's.
    /// </summary>
    Rejected = 11,
}
