using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Computes the layout of values that are sent as they lie in memory.</summary>
/// <remarks>
/// The rules of the 64-bit runtimes. A structure that has no padding under natural alignment has the same layout under
/// any smaller one, so the result also holds on 32-bit machines. The generated codec verifies the size once more.
/// </remarks>
internal sealed class LayoutReader(Compilation compilation)
{
    /// <summary>One value is written into one piece of a message, and pieces have 16 KiB.</summary>
    private const int MaxBytes = 16 * 1024;

    // A structure cannot contain itself, but the generator also sees code that does not compile.
    private const int MaxDepth = 32;

    public Layout Measure(ITypeSymbol type) => Measure(type, 0);

    private Layout Measure(ITypeSymbol type, int depth)
    {
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
        {
            return Measure(underlying, depth);
        }

        return type is INamedTypeSymbol named
            ? Primitive(type) ?? Known(named) ?? Structure(named, depth)
            : NotPlain(type);
    }

    private static Layout? Primitive(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte => new Layout(1, 1),
        SpecialType.System_Int16 or SpecialType.System_UInt16 => new Layout(2, 2),
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => new Layout(4, 4),
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => new Layout(8, 8),
        SpecialType.None => null,
        _ => NotPlain(type),
    };

    // Structures of the framework whose layout is settled. Reference assemblies hide the fields of all others.
    private static Layout? Known(INamedTypeSymbol type)
    {
        var space = Names.OfNamespace(type.ContainingNamespace);
        return (space, type.Name) switch
        {
            ("System", "Guid") => new Layout(16, 4),
            ("System", "Half") => new Layout(2, 2),
            ("System", "Int128" or "UInt128") => new Layout(16, 16),
            ("System.Numerics", "Vector2") => new Layout(8, 4),
            ("System.Numerics", "Vector3") => new Layout(12, 4),
            ("System.Numerics", "Vector4" or "Quaternion" or "Plane") => new Layout(16, 4),
            ("System.Numerics", "Matrix3x2") => new Layout(24, 4),
            ("System.Numerics", "Matrix4x4") => new Layout(64, 4),
            _ when space == "System" || space.StartsWith("System.", StringComparison.Ordinal) => NotPlain(type),
            _ => null,
        };
    }

    private static Layout NotPlain(ITypeSymbol type) => Layout.Bad($"'{type.ToDisplayString()}' is not blittable");

    private Layout Structure(INamedTypeSymbol type, int depth)
    {
        if (type.TypeKind != TypeKind.Struct || depth > MaxDepth || StructShape.Of(type, compilation) is not { } shape)
        {
            return NotPlain(type);
        }

        if (shape.IsAutomatic)
        {
            return Layout.Bad($"the runtime chooses the layout of '{type.ToDisplayString()}' (LayoutKind.Auto)");
        }

        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst).ToList();
        var places = new List<FieldPlace>();
        var end = 0;
        var alignment = 1;
        foreach (var field in fields)
        {
            var layout = Field(field, depth);
            if (layout.Problem is not null)
            {
                return layout;
            }

            var own = shape.Pack > 0 ? Math.Min(shape.Pack, layout.Alignment) : layout.Alignment;
            var offset = shape.IsExplicit ? shape.OffsetOf(field) ?? 0 : RoundUp(end, own);
            if (offset > MaxBytes - layout.Size)
            {
                return Layout.Bad($"'{type.ToDisplayString()}' is larger than {MaxBytes} bytes");
            }

            places.Add(new FieldPlace(FieldName(field), offset, layout.Size));
            end = Math.Max(end, offset + layout.Size);
            alignment = Math.Max(alignment, own);
        }

        var size = Math.Max(Math.Max(RoundUp(end, alignment), shape.Size), 1);
        return Gap(type, places, size) is { } gap ? Layout.Padded(gap) : Repeat(type, new Layout(size, alignment));
    }

    private Layout Field(IFieldSymbol field, int depth)
    {
        if (field.IsFixedSizeBuffer && field.Type is IPointerTypeSymbol pointer)
        {
            var element = Measure(pointer.PointedAtType, depth + 1);
            return element.Problem is null && field.FixedSize <= MaxBytes
                ? element with { Size = element.Size * field.FixedSize }
                : Layout.Bad($"field '{FieldName(field)}' is not a buffer of blittable values, or too large");
        }

        // Reference assemblies may stand this name in for fields that they hide.
        var layout = field.Name == "_dummyPrimitive" ? NotPlain(field.ContainingType) : Measure(field.Type, depth + 1);
        return layout.Problem is null
            ? layout
            : layout with
            {
                Problem = $"field '{FieldName(field)}' of '{field.ContainingType.Name}': {layout.Problem}",
            };
    }

    /// <summary>The first byte that no field covers: the generated code would send whatever lay there before.</summary>
    private static string? Gap(INamedTypeSymbol type, List<FieldPlace> places, int size)
    {
        var covered = 0;
        var before = "";
        foreach (var place in places.OrderBy(p => p.Offset))
        {
            if (place.Offset > covered)
            {
                return $"{place.Offset - covered} bytes before field '{place.Name}' of '{type.Name}'";
            }

            if (place.Offset + place.Size > covered)
            {
                covered = place.Offset + place.Size;
                before = place.Name;
            }
        }

        return covered >= size ? null
            : before.Length == 0 ? $"'{type.Name}' has no fields, but one byte"
            : $"{size - covered} bytes after field '{before}' of '{type.Name}'";
    }

    private static Layout Repeat(INamedTypeSymbol type, Layout item)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "InlineArrayAttribute" && Attributes.First(attribute) is int count)
            {
                return (long)item.Size * count <= MaxBytes
                    ? item with { Size = item.Size * count }
                    : Layout.Bad($"'{type.ToDisplayString()}' is larger than {MaxBytes} bytes");
            }
        }

        return item;
    }

    // The compiler stores an automatic property X in a field <X>k__BackingField.
    private static string FieldName(IFieldSymbol field) =>
        field.AssociatedSymbol?.Name
        ?? (field.Name.StartsWith("<", StringComparison.Ordinal) ? field.Name.Substring(1).Split('>')[0] : field.Name);

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private readonly record struct FieldPlace(string Name, int Offset, int Size);
}
