using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Tests;

public class IncrementalityTests
{
    private const string Contract = """
        [RpcService] internal interface IA { ValueTask<int> AddAsync(int x, S y); }
        internal struct S { public int A; }
        """;

    [Fact]
    public void A_second_run_over_the_same_code_does_nothing()
    {
        var compilation = GeneratorHarness.Compile(Contract);
        var result = RunTwice(compilation, compilation.Clone());
        AssertReason(
            result, RpcGenerator.ModelsStep, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertOutputs(result, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_change_elsewhere_writes_nothing_anew()
    {
        var compilation = GeneratorHarness.Compile(Contract);
        var result = RunTwice(compilation, compilation.AddSyntaxTrees(GeneratorHarness.Parse("internal class Other;")));
        AssertReason(
            result, RpcGenerator.ModelsStep, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertOutputs(result, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_line_above_the_contract_writes_nothing_anew()
    {
        var compilation = GeneratorHarness.Compile(Contract);
        var tree = compilation.SyntaxTrees[0];
        var result = RunTwice(
            compilation, compilation.ReplaceSyntaxTree(tree, GeneratorHarness.Parse("// A remark.\n\n" + Contract)));
        AssertReason(
            result, RpcGenerator.ModelsStep, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
        AssertOutputs(result, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_field_that_changes_in_another_file_is_seen()
    {
        var first = GeneratorHarness.Compile("[RpcService] internal interface IA { ValueTask M(S x); }")
            .AddSyntaxTrees(GeneratorHarness.Parse("internal struct S { public int A; }"));
        var changed = GeneratorHarness.Parse("internal struct S { public int A; public int B; }");
        var result = RunTwice(first, first.ReplaceSyntaxTree(first.SyntaxTrees[^1], changed));
        AssertReason(result, RpcGenerator.ModelsStep, IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void No_step_keeps_the_compilation_alive()
    {
        var result = RunTwice(GeneratorHarness.Compile(Contract), GeneratorHarness.Compile(Contract));
        foreach (var step in new[] { RpcGenerator.ContractsStep, RpcGenerator.ModelsStep })
        {
            foreach (var (value, _) in result.TrackedSteps[step].SelectMany(s => s.Outputs))
            {
                AssertHoldsNoSymbols(value);
            }
        }
    }

    // Records of this project and plain values only, to any depth.
    private static void AssertHoldsNoSymbols(object? value)
    {
        if (value is null or string || value.GetType().IsPrimitive || value is Enum)
        {
            return;
        }

        Assert.False(value is ISymbol or SyntaxNode or Compilation or Location, value.GetType().FullName);
        if (value is System.Collections.IEnumerable items)
        {
            foreach (var item in items)
            {
                AssertHoldsNoSymbols(item);
            }

            return;
        }

        Assert.StartsWith("NetCore.Rpc.Generators.", value.GetType().Namespace!, StringComparison.Ordinal);
        foreach (var property in value.GetType().GetProperties())
        {
            AssertHoldsNoSymbols(property.GetValue(value));
        }
    }

    private static GeneratorRunResult RunTwice(Compilation first, Compilation second)
    {
        var token = TestContext.Current.CancellationToken;
        return GeneratorHarness.Driver().RunGenerators(first, token).RunGenerators(second, token)
            .GetRunResult().Results.Single();
    }

    private static void AssertReason(
        GeneratorRunResult result, string step, params IncrementalStepRunReason[] allowed) =>
        Assert.All(
            Assert.Contains(step, result.TrackedSteps).SelectMany(s => s.Outputs),
            output => Assert.Contains(output.Reason, allowed));

    private static void AssertOutputs(GeneratorRunResult result, IncrementalStepRunReason reason) => Assert.All(
        result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs),
        output => Assert.Equal(reason, output.Reason));
}
