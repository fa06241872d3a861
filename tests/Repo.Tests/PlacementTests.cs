using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCore.Repo.Tests;

public class PlacementTests
{
    [Fact]
    public void Public_types_lie_at_the_root_of_their_folder_and_all_others_in_Internal() => Violations.AssertNone(
        Repository.FilesIn(".cs", "src").SelectMany(Misplaced),
        "Move the type, so that the listing of a folder shows its public surface:");

    [Fact]
    public void A_namespace_is_the_path_of_its_folder() => Violations.AssertNone(
        Repository.FilesIn(".cs", "src").SelectMany(MisnamedNamespaces), "Rename the namespace or move the file:");

    [Theory]
    [InlineData("src/Core/Internal/A.cs", "public class A;")]
    [InlineData("src/Core/A.cs", "internal class A;")]
    [InlineData("src/Core/A.cs", "class A;")]
    [InlineData("src/Core/Other/A.cs", "public class A;")]
    [InlineData("src/Native/Internal/A.cs", "public class A;")]
    [InlineData("src/Native/Other/A.cs", "public class A;")]
    public void A_misplaced_type_is_found(string path, string text) =>
        Assert.Single(Misplaced(new SourceFile(path, "namespace N;\n" + text)));

    [Theory]
    [InlineData("src/Core/A.cs", "NetCore.Core")]
    [InlineData("src/Core/Internal/A.cs", "NetCore.Core.Internal")]
    [InlineData("src/Rpc.Generators/A.cs", "NetCore.Rpc.Generators")]
    public void The_namespace_of_a_folder_is_known(string path, string name)
    {
        Assert.Empty(MisnamedNamespaces(new SourceFile(path, $"namespace {name};")));
        Assert.Single(MisnamedNamespaces(new SourceFile(path, $"namespace {name}.Other;")));
    }

    private static IEnumerable<string> Misplaced(SourceFile file)
    {
        var types = TopLevelTypes(file).ToList();
        var parts = file.Path.Split('/');
        if (types.Count == 0 || parts[1].EndsWith(".Generators", StringComparison.Ordinal))
        {
            yield break;
        }

        var publicTypes = types.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList();
        if (parts.Length == 3)
        {
            // Native has no public types at all: outside its Internal/ lies what its one friend, Transport, works with.
            if (publicTypes.Count == 0 && parts[1] != "Native")
            {
                yield return $"{file.Path}: declares no public type; it belongs in Internal/";
            }
        }
        else if (parts[2] != "Internal" && parts[1] != "Native")
        {
            yield return $"{file.Path}: lies neither at the root of src/{parts[1]} nor in its Internal/";
        }
        else if (publicTypes.Count > 0)
        {
            yield return $"{file.Path}: declares a public type below the root";
        }
    }

    private static IEnumerable<string> MisnamedNamespaces(SourceFile file)
    {
        var expected = "NetCore." + file.Folder["src/".Length..].Replace('/', '.');
        return file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
            .Select(declaration => declaration.Name.ToString())
            .Where(name => name != expected && !IsPolyfill(file, name))
            .Select(name => $"{file.Path}: namespace {name}, expected {expected}");
    }

    // A netstandard2.0 generator declares what records and init need, in the namespace where the compiler looks for it.
    private static bool IsPolyfill(SourceFile file, string name) =>
        file.Path.StartsWith("src/Rpc.Generators/", StringComparison.Ordinal)
        && name == "System.Runtime.CompilerServices";

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SourceFile file) => file.Syntax
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
}
