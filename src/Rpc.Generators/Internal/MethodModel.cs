namespace NetCore.Rpc.Generators.Internal;

/// <summary>A method of a contract.</summary>
/// <param name="Name">As in the contract, not escaped.</param>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Id">The number that stands for it on the wire.</param>
/// <param name="OneWay">No answer is sent.</param>
/// <param name="Idempotent">It may be repeated.</param>
/// <param name="IsInline">It starts on the thread that received the request.</param>
/// <param name="Parameters">What is sent with the request.</param>
/// <param name="Sent">What gives the caller's items, or null.</param>
/// <param name="Token">Name of the parameter of type CancellationToken, or null.</param>
/// <param name="TokenIsOptional">That parameter has a default value.</param>
/// <param name="Result">What is sent back, or null.</param>
/// <param name="Received">An item that the caller gets, or null.</param>
internal sealed record MethodModel(
    string Name,
    string WireName,
    ulong Id,
    bool OneWay,
    bool Idempotent,
    bool IsInline,
    EquatableArray<ParameterModel> Parameters,
    StreamParameter? Sent,
    string? Token,
    bool TokenIsOptional,
    WireType? Result,
    WireType? Received)
{
    /// <summary>It has items in either direction.</summary>
    public bool IsStream => Sent is not null || Received is not null;

    /// <summary>The name in NetCore.Rpc.RpcMethodKind.</summary>
    public string Kind => (Sent, Received) switch
    {
        (null, null) => "Unary",
        (not null, null) => "ClientStream",
        (null, not null) => "ServerStream",
        _ => "Duplex",
    };

    public static string StreamOf(WireType item) =>
        $"global::System.Collections.Generic.IAsyncEnumerable<{item.Name}>";

    /// <summary>The last parameter is a span over the received bytes.</summary>
    public bool TakesSpan => Parameters.Count > 0 && Parameters[Parameters.Count - 1].IsSpan;
}
