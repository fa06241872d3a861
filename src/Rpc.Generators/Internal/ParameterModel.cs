namespace NetCore.Rpc.Generators.Internal;

/// <summary>A parameter that is sent.</summary>
/// <param name="Name">As in the contract, not escaped.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsParams">Declared with <c>params</c>.</param>
/// <param name="Default">C# source of the default value, or null.</param>
internal sealed record ParameterModel(string Name, WireType Type, bool IsParams, string? Default);
