namespace NetCore.Rpc.Generators.Internal;

/// <summary>A method of a contract.</summary>
/// <param name="Name">As in the contract, not escaped.</param>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Id">The number that stands for it on the wire.</param>
/// <param name="OneWay">No answer is sent.</param>
/// <param name="Idempotent">It may be repeated.</param>
/// <param name="IsInline">It starts on the thread that received the request.</param>
/// <param name="Parameters">What is sent.</param>
/// <param name="Token">Name of the parameter of type CancellationToken, or null.</param>
/// <param name="TokenIsOptional">That parameter has a default value.</param>
/// <param name="Result">What is sent back, or null.</param>
internal sealed record MethodModel(
    string Name,
    string WireName,
    ulong Id,
    bool OneWay,
    bool Idempotent,
    bool IsInline,
    EquatableArray<ParameterModel> Parameters,
    string? Token,
    bool TokenIsOptional,
    WireType? Result)
{
    /// <summary>The last parameter is a span over the received bytes.</summary>
    public bool TakesSpan => Parameters.Count > 0 && Parameters[Parameters.Count - 1].IsSpan;
}
