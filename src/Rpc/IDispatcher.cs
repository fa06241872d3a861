namespace NetCore.Rpc;

/// <summary>Answers calls: the server's one verb. Decorators wrap it.</summary>
/// <remarks>
/// Thread-safe. Generated dispatchers implement it for one service; <see cref="RpcRouter"/> joins several.
/// </remarks>
public interface IDispatcher
{
    /// <summary>The methods it answers.</summary>
    IReadOnlyList<RpcMethod> Methods { get; }

    /// <summary>Answers one call by exactly one of the call's reply members, or throws.</summary>
    /// <returns>Completes when the call is answered; the call object must not be used after that.</returns>
    /// <exception cref="RpcException">Becomes the answer, with its code and message.</exception>
    ValueTask DispatchAsync(IncomingCall call);
}
