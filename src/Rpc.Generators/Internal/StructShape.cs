using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>What is declared about the layout of a structure.</summary>
/// <remarks>
/// In source the attributes say it. In a compiled assembly they have become metadata that the compiler's symbols do not
/// show, so it is read from there.
/// </remarks>
internal sealed class StructShape
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);

    private StructShape()
    {
    }

    public bool IsAutomatic { get; private set; }

    public bool IsExplicit { get; private set; }

    /// <summary>Declared packing; 0: none.</summary>
    public int Pack { get; private set; }

    /// <summary>Declared size; 0: none.</summary>
    public int Size { get; private set; }

    public int? OffsetOf(IFieldSymbol field) =>
        _offsets.TryGetValue(field.MetadataName, out var offset) ? offset : null;

    public static StructShape? Of(INamedTypeSymbol type, Compilation compilation) =>
        type.DeclaringSyntaxReferences.Length > 0
            ? FromSource(type)
            : FromMetadata(type.OriginalDefinition, compilation);

    private static StructShape FromSource(INamedTypeSymbol type)
    {
        var shape = new StructShape();
        var layout = Find(type, "StructLayoutAttribute");
        if (layout is not null && Attributes.First(layout) is { } kind)
        {
            var value = Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture);
            shape.IsExplicit = value == 2;
            shape.IsAutomatic = value is not (0 or 2);
            foreach (var named in layout.NamedArguments)
            {
                if (named is { Key: "Pack", Value.Value: int pack })
                {
                    shape.Pack = pack;
                }
                else if (named is { Key: "Size", Value.Value: int size })
                {
                    shape.Size = size;
                }
            }
        }

        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (Attributes.First(Find(field, "FieldOffsetAttribute")) is int offset)
            {
                shape._offsets[field.MetadataName] = offset;
            }
        }

        return shape;
    }

    private static StructShape? FromMetadata(INamedTypeSymbol type, Compilation compilation)
    {
        if (compilation.GetMetadataReference(type.ContainingAssembly) is not PortableExecutableReference reference
            || reference.GetMetadata() is not AssemblyMetadata assembly)
        {
            return null;
        }

        var reader = assembly.GetModules()[0].GetMetadataReader();
        var handle = (TypeDefinitionHandle)MetadataTokens.EntityHandle(type.MetadataToken);
        var definition = reader.GetTypeDefinition(handle);
        var kind = definition.Attributes & TypeAttributes.LayoutMask;
        var layout = definition.GetLayout();
        var shape = new StructShape
        {
            IsExplicit = kind == TypeAttributes.ExplicitLayout,
            IsAutomatic = kind is not (TypeAttributes.ExplicitLayout or TypeAttributes.SequentialLayout),
            Pack = layout.PackingSize,
            Size = layout.Size,
        };
        foreach (var fieldHandle in definition.GetFields())
        {
            var field = reader.GetFieldDefinition(fieldHandle);
            if (field.GetOffset() >= 0)
            {
                shape._offsets[reader.GetString(field.Name)] = field.GetOffset();
            }
        }

        return shape;
    }

    private static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name == name
                && Names.OfNamespace(type.ContainingNamespace) == "System.Runtime.InteropServices")
            {
                return attribute;
            }
        }

        return null;
    }
}
