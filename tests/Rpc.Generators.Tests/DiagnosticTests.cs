using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Tests;

public class DiagnosticTests
{
    private const string JsonHead = "[RpcService(JsonContext = typeof(Json))] interface IA ";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "NCRPC001", "M", InContract("Task M();") },
        { "NCRPC001", "M", InContract("void M();") },
        { "NCRPC001", "M", InContract("Task<int> M();") },
        { "NCRPC002", "M", InContract("ValueTask<IAsyncEnumerable<int>> M();") },
        { "NCRPC002", "M", InContract("IAsyncEnumerable<IAsyncEnumerable<int>> M();") },
        { "NCRPC002", "M", InContract("IAsyncEnumerator<int> M();") },
        { "NCRPC002", "items", InContract("ValueTask M(IAsyncEnumerator<int> items);") },
        { "NCRPC003", "items", InContract("ValueTask M(in IAsyncEnumerable<int> items);") },
        { "NCRPC003", "x", InContract("ValueTask M(ref int x);") },
        { "NCRPC003", "x", InContract("ValueTask M(out int x);") },
        { "NCRPC003", "x", InContract("ValueTask M(in int x);") },
        { "NCRPC003", "x", InContract("ValueTask M(ref readonly int x);") },
        { "NCRPC003", "token", InContract("ValueTask M(in CancellationToken token);") },
        { "NCRPC004", "bytes", InContract("[RpcMethod(Lane = RpcLane.Inline)] ValueTask M(Span<byte> bytes);") },
        { "NCRPC004", "x", InContract("[RpcMethod(Lane = RpcLane.Inline)] ValueTask M(ReadOnlySpan<int> x);") },
        { "NCRPC004", "x", InContract("unsafe ValueTask M(int* x);") },
        { "NCRPC005", "M", InContract("ValueTask M<T>();") },
        { "NCRPC006", "IA", "[RpcService] interface IA<T> { }" },
        { "NCRPC007", "IA", "class Outer { [RpcService] public interface IA { } }" },
        { "NCRPC007", "IA", "[RpcService] file interface IA { }" },
        { "NCRPC008", "IA", "interface IBase; [RpcService] interface IA : IBase { }" },
        { "NCRPC009", "P", InContract("int P { get; }") },
        { "NCRPC009", "this", InContract("int this[int index] { get; }") },
        { "NCRPC009", "E", InContract("event Action E;") },
        { "NCRPC009", "M", InContract("[RpcMethod] ValueTask M() => default;") },
        { "NCRPC009", "M", InContract("internal ValueTask M();") },
        { "NCRPC010", "token", InContract("ValueTask M(CancellationToken token, int x);") },
        { "NCRPC010", "first", InContract("ValueTask M(CancellationToken first, CancellationToken second);") },
        { "NCRPC011", "M", InContract("ValueTask MAsync(); ValueTask M();") },
        { "NCRPC013", "M", InContract("[RpcMethod(Name = \"\")] ValueTask M();") },
        { "NCRPC013", "M", InContract("[RpcMethod(Name = \"a/b\")] ValueTask M();") },
        { "NCRPC013", "IA", "[RpcService(Name = \" \")] interface IA { }" },
        { "NCRPC014", "M", InContract("[RpcMethod(OneWay = true)] ValueTask<int> M();") },
        { "NCRPC015", "x", InContract("ValueTask M(S x);") + "struct S { public int A; public bool B; }" },
        { "NCRPC015", "M", InContract("ValueTask<S> M();") + "struct S { public int A; public nint B; }" },
        { "NCRPC016", "x", InContract("ValueTask M(S x);") + "struct S { public int A; public byte B; }" },
        { "NCRPC017", "x", InContract("ValueTask M(decimal x);") },
        { "NCRPC017", "M", InContract("ValueTask<List<int>> M();") },
        { "NCRPC017", "x", InContract("ValueTask M(int? x);") },
        { "NCRPC018", "x", JsonHead + "{ ValueTask M(Uri x); }" + GeneratorHarness.JsonContext("") },
        { "NCRPC019", "IA", JsonHead + "{ } class Json;" },
        { "NCRPC020", "M", InContract("static abstract ValueTask M();") },
        { "NCRPC020", "P", InContract("static abstract int P { get; }") },
        { "NCRPC021", "x", InContract("ValueTask M(Action x);") },
        { "NCRPC021", "x", InContract("ValueTask M(Func<int, Task> x);") },
        { "NCRPC021", "x", InContract("ValueTask M(Delegate x);") },
        { "NCRPC021", "x", InContract("ValueTask M(Handler x);") + "delegate void Handler();" },
        { "NCRPC021", "M", InContract("ValueTask<List<Action[]>> M();") },
        { "NCRPC021", "x", JsonHead + "{ ValueTask M(Action x); }" + GeneratorHarness.JsonContext("Action") },
        { "NCRPC022", "bytes", InContract("ValueTask M(ReadOnlySpan<byte> bytes);") },
        { "NCRPC022", "bytes", InContract("[RpcMethod(OneWay = true)] ValueTask M(int x, ReadOnlySpan<byte> bytes);") },
        { "NCRPC023", "x", InContract("[RpcMethod(Lane = RpcLane.Inline)] ValueTask M(ReadOnlySpan<byte> x, int y);") },
        { "NCRPC023", "x", InContract(
            "[RpcMethod(Lane = RpcLane.Inline)] ValueTask M(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);") },
        { "NCRPC017", "M", InContract("IAsyncEnumerable<decimal> M();") },
        { "NCRPC025", "b", InContract("ValueTask M(IAsyncEnumerable<int> a, IAsyncEnumerable<int> b);") },
        { "NCRPC026", "M", InContract("[RpcMethod(Lane = RpcLane.Inline)] IAsyncEnumerable<int> M();") },
        { "NCRPC026", "M", InContract("[RpcMethod(OneWay = true)] ValueTask M(IAsyncEnumerable<int> items);") },
        { "NCRPC027", "M", InContract("IAsyncEnumerable<int> M(NetCore.Core.LeasedBytes bytes);") },
        { "NCRPC024", "M", InContract("[RpcMethod(Lane = (RpcLane)2)] ValueTask M();") },
        { "NCRPC024", "M", InContract("[RpcMethod(Lane = (RpcLane)(-1))] ValueTask M();") },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_contract_that_cannot_be_kept_is_an_error_at_its_place(string id, string place, string source)
    {
        var (result, output) = GeneratorHarness.Run("#pragma warning disable\n" + source);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("NetCore.Rpc", diagnostic.Descriptor.Category);
        var text = output.SyntaxTrees.First().GetText(TestContext.Current.CancellationToken);
        Assert.Equal(place, text.ToString(diagnostic.Location.SourceSpan));
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void Every_rule_but_the_collision_of_numbers_has_a_case_here()
    {
        var rules = typeof(Internal.Rules).GetFields().Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Id);
        Assert.Equal(["NCRPC012"], rules.Except(Cases.Select(c => c.Data.Item1)));
    }

    [Fact]
    public void All_that_is_wrong_with_a_contract_is_said_at_once()
    {
        var (result, _) = GeneratorHarness.Run(InContract("void A(ref int x); int P { get; } Task B();"));
        Assert.Equal(["NCRPC003", "NCRPC001", "NCRPC009", "NCRPC001"], result.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void What_the_compiler_reports_is_not_reported_twice()
    {
        var (result, _) = GeneratorHarness.Run(
            InContract("ValueTask M(Unheard x); ValueTask<List<Unheard>> N(); What O();"));
        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void The_message_names_the_field_that_is_in_the_way()
    {
        var (result, _) = GeneratorHarness.Run(
            InContract("ValueTask M(Outer x);")
            + "struct Outer { public Inner In { get; set; } } struct Inner { public char Letter; }");
        var message = Assert.Single(result.Diagnostics).GetMessage(null);
        Assert.Contains("field 'In' of 'Outer'", message, StringComparison.Ordinal);
        Assert.Contains("field 'Letter' of 'Inner': 'char' is not blittable", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delegate_is_not_told_to_become_json()
    {
        var (result, _) = GeneratorHarness.Run(InContract("ValueTask M(Action<int>? x);"));
        var message = Assert.Single(result.Diagnostics).GetMessage(null);
        Assert.Contains("System.Action<int>", message, StringComparison.Ordinal);
        Assert.DoesNotContain("json", message, StringComparison.OrdinalIgnoreCase);
    }

    private static string InContract(string members) => $"[RpcService] interface IA {{ {members} }} ";
}
