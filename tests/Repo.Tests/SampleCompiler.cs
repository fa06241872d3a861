using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetCore.Repo.Tests;

/// <summary>Compiles C# as a project of a user would: implicit usings, nullable, the generators of NetCore.</summary>
internal static class SampleCompiler
{
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !path.EndsWith(".Generators.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The errors of <paramref name="code"/>, with line numbers counted from its first line.</summary>
    public static IReadOnlyList<string> ErrorsOf(string code)
    {
        var usings = string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));
        var sample = CSharpSyntaxTree.ParseText(code, Language);
        var isProgram = sample.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        Compilation compilation = CSharpCompilation.Create(
            "Sample",
            [sample, CSharpSyntaxTree.ParseText(usings, Language)],
            References.Value,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(Generators()).WithUpdatedParseOptions(Language);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out compilation, out var generated);
        return [.. generated.Concat(compilation.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString())];
    }

    private static IEnumerable<ISourceGenerator> Generators() => Directory
        .EnumerateFiles(AppContext.BaseDirectory, "NetCore.*.Generators.dll")
        .SelectMany(path => Assembly.LoadFrom(path).GetTypes())
        .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
        .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());
}
