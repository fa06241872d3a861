namespace NetCore.Rpc.Generators.Internal;

/// <summary>A parameter that is sent.</summary>
/// <param name="Name">As in the contract, not escaped.</param>
/// <param name="Type">Its type; of a span that which holds its bytes in the request.</param>
/// <param name="IsSpan">Declared as <c>ReadOnlySpan&lt;byte&gt;</c>.</param>
/// <param name="IsParams">Declared with <c>params</c>.</param>
/// <param name="Default">C# source of the default value, or null.</param>
internal sealed record ParameterModel(string Name, WireType Type, bool IsSpan, bool IsParams, string? Default)
{
    /// <summary>The type as declared.</summary>
    public string Declared => IsSpan ? "global::System.ReadOnlySpan<byte>" : Type.Name;
}
