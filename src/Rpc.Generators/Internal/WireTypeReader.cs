using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Decides how a type travels.</summary>
/// <remarks>
/// The type alone decides wherever it can: bytes, text and blittable values never become JSON because a context
/// happens to list them.
/// </remarks>
internal sealed class WireTypeReader(LayoutReader layouts, JsonTypes json, ReportSink sink)
{
    /// <summary>The wire form of <paramref name="type"/>; null when there is none, which is reported.</summary>
    /// <param name="type">A parameter's or a result's type.</param>
    /// <param name="at">Where to report.</param>
    /// <param name="method">Name of the method, for people.</param>
    public WireType? Read(ITypeSymbol type, ISymbol at, string method)
    {
        if (IsBroken(type))
        {
            sink.FailSilently();
            return null;
        }

        if (type is IPointerTypeSymbol or IFunctionPointerTypeSymbol || type.IsRefLikeType)
        {
            sink.Report(Rules.StackOnly, at, at.Name, method, type.ToDisplayString());
            return null;
        }

        if (IsStream(type))
        {
            sink.Report(Rules.Stream, at, method, type.ToDisplayString());
            return null;
        }

        if (HoldsDelegate(type))
        {
            sink.Report(Rules.Code, at, NameOf(type), method);
            return null;
        }

        return Special(type) is { } kind ? Make(type, kind) : Value(type, at, method);
    }

    /// <summary>The wire form of a span: that of the memory which holds its bytes.</summary>
    public static WireType OfSpan { get; } = new(
        "global::System.ReadOnlyMemory<byte>",
        "global::System.ReadOnlyMemory<byte>",
        WireKind.Bytes,
        AllowsNull: false,
        CanBeNull: false,
        CheckedSize: 0);

    public static bool IsSpanOfBytes(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ReadOnlySpan", Arity: 1 } span
        && Names.OfNamespace(span.ContainingNamespace) == "System"
        && span.TypeArguments[0].SpecialType == SpecialType.System_Byte;

    public static bool IsStream(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "IAsyncEnumerable" or "IAsyncEnumerator" } named
        && Names.OfNamespace(named.ContainingNamespace) == "System.Collections.Generic";

    /// <summary>A stream as a parameter or a result of its own.</summary>
    public static bool IsItems(ITypeSymbol type) => IsStream(type) && type.Name == "IAsyncEnumerable";

    private WireType? Value(ITypeSymbol type, ISymbol at, string method)
    {
        Layout? layout = type is { IsUnmanagedType: true, TypeKind: TypeKind.Struct or TypeKind.Enum }
            ? layouts.Measure(type)
            : null;
        if (layout is { Problem: null, Size: var size })
        {
            // Only these can change their size behind the contract.
            var isOfUser = type.TypeKind == TypeKind.Struct && IsStructureOfUser(type);
            return Make(type, WireKind.Blittable, isOfUser ? size : 0);
        }

        if (json.Lists(type))
        {
            return Make(type, WireKind.Json);
        }

        var name = NameOf(type);
        if (layout is { Problem: { } problem, IsPadding: var isPadding } && IsStructureOfUser(type))
        {
            sink.Report(isPadding ? Rules.Padding : Rules.NotBlittable, at, name, problem);
        }
        else if (json.Context is { } context)
        {
            sink.Report(Rules.NotInJsonContext, at, name, method, context.Name);
        }
        else
        {
            sink.Report(Rules.NoJsonContext, at, name, method);
        }

        return null;
    }

    private static string NameOf(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString();

    // No context can help there: the JSON serializer does not take them either.
    private static bool HoldsDelegate(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => true,
        { SpecialType: SpecialType.System_Delegate or SpecialType.System_MulticastDelegate } => true,
        IArrayTypeSymbol array => HoldsDelegate(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HoldsDelegate),
        _ => false,
    };

    private static bool IsStructureOfUser(ITypeSymbol type)
    {
        var space = Names.OfNamespace(type.ContainingNamespace);
        return space != "System" && !space.StartsWith("System.", StringComparison.Ordinal);
    }

    private static WireKind? Special(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => WireKind.Text,
        { SpecialType: SpecialType.System_Boolean } => WireKind.Boolean,
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => WireKind.ByteArray,
        INamedTypeSymbol { Name: "ReadOnlyMemory", Arity: 1 } memory
            when Names.OfNamespace(memory.ContainingNamespace) == "System"
                && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte => WireKind.Bytes,
        INamedTypeSymbol { Name: "LeasedBytes", Arity: 0 } leased
            when Names.OfNamespace(leased.ContainingNamespace) == "NetCore.Core" => WireKind.Leased,
        _ => null,
    };

    private static WireType Make(ITypeSymbol type, WireKind kind, int checkedSize = 0)
    {
        // Code without nullable annotations has always allowed null.
        var canBeNull = type.IsReferenceType;
        if (canBeNull && type.NullableAnnotation == NullableAnnotation.None)
        {
            type = type.WithNullableAnnotation(NullableAnnotation.Annotated);
        }

        var bare = canBeNull ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;
        return new WireType(
            Names.OfType(type),
            type.TypeKind == TypeKind.Dynamic ? "object" : Names.OfType(bare),
            kind,
            AllowsNull: type.NullableAnnotation == NullableAnnotation.Annotated,
            canBeNull,
            checkedSize);
    }

    private static bool IsBroken(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => IsBroken(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsBroken),
        _ => false,
    };
}
