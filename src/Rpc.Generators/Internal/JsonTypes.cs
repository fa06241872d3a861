using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>The types that a contract's JSON context lists.</summary>
internal sealed class JsonTypes
{
    private const string Namespace = "System.Text.Json.Serialization";
    private readonly HashSet<ITypeSymbol> _listed = new(SymbolEqualityComparer.Default);

    public JsonTypes(INamedTypeSymbol? context)
    {
        Context = context;
        foreach (var attribute in context?.GetAttributes() ?? [])
        {
            if (attribute.AttributeClass is { } attributeClass && Is(attributeClass, "JsonSerializableAttribute")
                && Attributes.First(attribute) is ITypeSymbol type)
            {
                _listed.Add(type);
            }
        }
    }

    /// <summary>The context, or null when the contract names none.</summary>
    public INamedTypeSymbol? Context { get; }

    public bool Lists(ITypeSymbol type) => _listed.Contains(type);

    public static bool IsContext(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Is(ancestor, "JsonSerializerContext"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(INamedTypeSymbol type, string name) =>
        type.Name == name && Names.OfNamespace(type.ContainingNamespace) == Namespace;
}
