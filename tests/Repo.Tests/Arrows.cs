using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCore.Repo.Tests;

/// <summary>Which project of src may know which: an arrow only points down, and there is none within a floor.</summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Framing"] = ["Core"],
        ["Native"] = ["Core"],
        ["Transport"] = ["Native", "Core"],
        ["Session"] = ["Transport", "Framing", "Core"],
        ["Rpc"] = ["Session", "Transport", "Framing", "Core"],
        ["PubSub"] = ["Session", "Transport", "Framing", "Core"],
        ["Rpc.Generators"] = [],
    };

    /// <summary>The references of a project file that point up or across.</summary>
    public static IEnumerable<string> InProject(SourceFile project)
    {
        var from = FolderUnderSrc(project);
        foreach (var reference in XDocument.Parse(project.Text).Descendants("ProjectReference"))
        {
            // A generator runs in the compiler; the project that carries it does not link to it.
            if ((string?)reference.Attribute("ReferenceOutputAssembly") == "false")
            {
                continue;
            }

            var name = Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));
            if (Check(from, name["NetCore.".Length..]) is { } problem)
            {
                yield return $"{project.Path}: {problem}";
            }
        }
    }

    /// <summary>The using lines of a source file that point up or across.</summary>
    public static IEnumerable<string> InSource(SourceFile file)
    {
        var from = FolderUnderSrc(file);
        foreach (var line in file.Syntax.DescendantNodes(node => node is not TypeDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>())
        {
            var name = line.NamespaceOrType.ToString();
            if (!name.StartsWith("NetCore.", StringComparison.Ordinal))
            {
                continue;
            }

            // The longest row of the table that the namespace begins with: NetCore.Rpc.Generators is not NetCore.Rpc.
            var rest = name["NetCore.".Length..];
            var to = Allowed.Keys.Where(row => rest == row || rest.StartsWith(row + ".", StringComparison.Ordinal))
                .MaxBy(row => row.Length) ?? rest;
            if (Check(from, to) is { } problem)
            {
                yield return $"{file.Path}:{line.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {problem}";
            }
        }
    }

    private static string FolderUnderSrc(SourceFile file) => file.Path.Split('/')[1];

    private static string? Check(string from, string to)
    {
        if (from == to)
        {
            return null;
        }

        if (!Allowed.TryGetValue(from, out var row))
        {
            return $"src/{from} has no row in the table of Arrows.cs";
        }

        return row.Contains(to) ? null : $"{from} must not know {to}; it may know: {string.Join(", ", row)}";
    }
}
