using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetCore.Rpc.Generators.Tests;

/// <summary>Compiles contracts in memory together with the generator.</summary>
internal static class GeneratorHarness
{
    // Stands in for what the generator of System.Text.Json would add to a context.
    private const string JsonContextBase = """
        global using System;
        global using System.Collections.Generic;
        global using System.Runtime.InteropServices;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using NetCore.Core;
        global using NetCore.Rpc;

        internal static class Usings;
        """;

    private static readonly CSharpParseOptions Language =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).Contains(".Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>A JSON context by hand: <paramref name="attributes"/> stand on it.</summary>
    public static string JsonContext(string attributes, string name = "Json") => $$"""
        {{attributes}}
        internal sealed partial class {{name}} : JsonSerializerContext
        {
            private {{name}}() : base(null) { }
            public static {{name}} Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    public static CSharpCompilation Compile(string source, params MetadataReference[] more) => CSharpCompilation.Create(
        "Contracts",
        [Parse(source), Parse(JsonContextBase)],
        [.. References, .. more],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            allowUnsafe: true,
            warningLevel: 9999));

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Language, "Contract.cs");

    public static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new RpcGenerator().AsSourceGenerator()],
        parseOptions: Language,
        driverOptions: new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator once.</summary>
    public static (GeneratorRunResult Result, Compilation Output) Run(string source, params MetadataReference[] more)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Compile(source, more), out var output, out _);
        return (driver.GetRunResult().Results.Single(), output);
    }

    /// <summary>The generated text of one contract, which with its source must compile without a warning.</summary>
    public static string Generate(string source, params MetadataReference[] more)
    {
        var (result, output) = Run(source, more);
        Assert.Empty(result.Diagnostics);
        var complaints = output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(complaints.Count == 0, string.Join("\n", complaints)
            + "\n" + string.Join("\n", result.GeneratedSources.Select(s => s.SourceText)));
        return string.Join("\n", result.GeneratedSources.Select(s => s.SourceText.ToString()));
    }
}
