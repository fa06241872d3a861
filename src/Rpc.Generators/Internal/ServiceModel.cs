namespace NetCore.Rpc.Generators.Internal;

/// <summary>A contract without errors: all that is needed to write its code, and nothing of the compiler.</summary>
/// <param name="Namespace">As C# source, empty for the global one.</param>
/// <param name="InterfaceName">Not escaped.</param>
/// <param name="IsPublic">Else internal.</param>
/// <param name="WireName">Name of the service on the wire.</param>
/// <param name="JsonContext">The JSON context as C# source, or null.</param>
/// <param name="Methods">In the order of the source.</param>
internal sealed record ServiceModel(
    string Namespace,
    string InterfaceName,
    bool IsPublic,
    string WireName,
    string? JsonContext,
    EquatableArray<MethodModel> Methods)
{
    /// <summary>What the names of the generated types start with: <c>Greeter</c> for <c>IGreeter</c>.</summary>
    public string Stem => InterfaceName.Length > 1 && InterfaceName[0] == 'I' && char.IsUpper(InterfaceName[1])
        ? InterfaceName.Substring(1)
        : InterfaceName;

    public string Accessibility => IsPublic ? "public" : "internal";

    /// <summary><paramref name="type"/> of the contract's namespace, fully qualified.</summary>
    public string Global(string type) =>
        Namespace.Length == 0 ? $"global::{Names.Escape(type)}" : $"global::{Namespace}.{Names.Escape(type)}";
}
