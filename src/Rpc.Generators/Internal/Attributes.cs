using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Reads the attributes of NetCore.Rpc.</summary>
internal static class Attributes
{
    public static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && type.Name == name
            && Names.OfNamespace(type.ContainingNamespace) == "NetCore.Rpc");

    public static string? Text(AttributeData? attribute, string name) => Value(attribute, name) as string;

    public static bool Flag(AttributeData? attribute, string name) => Value(attribute, name) is true;

    /// <summary>An enumeration's value; 0 when it is not set.</summary>
    public static int Number(AttributeData? attribute, string name) => Value(attribute, name) is int value ? value : 0;

    public static INamedTypeSymbol? Type(AttributeData? attribute, string name) =>
        Value(attribute, name) as INamedTypeSymbol;

    /// <summary>
    /// The slash stands between service and method, so <c>a/b</c> + <c>c</c> would be <c>a</c> + <c>b/c</c>.
    /// </summary>
    public static bool IsWireName(string name) => !string.IsNullOrWhiteSpace(name) && name.IndexOf('/') < 0;

    /// <summary>The first argument of the constructor, or null.</summary>
    public static object? First(AttributeData? attribute) =>
        attribute is { ConstructorArguments.Length: > 0 } && attribute.ConstructorArguments[0] is var first
            && first.Kind != TypedConstantKind.Array ? first.Value : null;

    private static object? Value(AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }
}
