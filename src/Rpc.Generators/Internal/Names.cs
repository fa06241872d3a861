using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Names in C# source.</summary>
internal static class Names
{
    private static readonly SymbolDisplayFormat Annotated = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string OfType(ITypeSymbol type) => type.ToDisplayString(Annotated);

    public static string OfNamespace(INamespaceSymbol space) =>
        space.IsGlobalNamespace ? "" : space.ToDisplayString(NamespaceFormat);

    /// <summary>The name that reflection gives, without escapes: the default name on the wire.</summary>
    public static string Metadata(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false })
        {
            name = $"{space.MetadataName}.{name}";
            space = space.ContainingNamespace;
        }

        return name;
    }

    public static string WithoutAsync(string method) =>
        method.Length > "Async".Length && method.EndsWith("Async", StringComparison.Ordinal)
            ? method.Substring(0, method.Length - "Async".Length)
            : method;

    public static string Pascal(string parameter) => char.ToUpperInvariant(parameter[0]) + parameter.Substring(1);

    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Xml(string value) => value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
