namespace NetCore.Rpc.Generators.Tests;

public class ContractTests
{
    [Fact]
    public void A_public_contract_compiles_where_documentation_is_demanded() => GeneratorHarness.Generate("""
        namespace Demo;

        /// <summary>Says things.</summary>
        [RpcService(Name = "a<b>&c")]
        public interface IGreeter
        {
            /// <summary>Greets.</summary>
            /// <param name="name">Whom.</param>
            /// <param name="count">How often.</param>
            ValueTask<string> HelloAsync(string name, int count);
        }
        """);

    [Fact]
    public void Defaults_of_parameters_hold_for_the_proxy_too()
    {
        var code = GeneratorHarness.Generate("""
            internal enum Kind : sbyte { Low = -1 }
            [RpcService]
            internal interface IA
            {
                ValueTask M(
                    int a = int.MinValue, long b = long.MinValue, ulong c = ulong.MaxValue, float d = 1.5f,
                    double e = double.NaN, float f = float.NegativeInfinity, string g = "a\"\n", string? h = null,
                    Kind i = Kind.Low, Kind j = (Kind)100, bool k = true, Guid l = default, byte m = 7,
                    double n = 1e300,
                    CancellationToken o = default);
            }
            """);
        Assert.Contains("int a = -2147483648", code, StringComparison.Ordinal);
        Assert.Contains("global::Kind i = (global::Kind)(-1)", code, StringComparison.Ordinal);
        Assert.Contains("string g = \"a\\\"\\n\"", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_allowed_where_the_annotation_allows_it()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService]
            internal interface IA
            {
                ValueTask<string?> M(string a, string? b, byte[] c, byte[]? d);
            }
            """);
        Assert.Contains("writer.WriteString(value.A ?? throw", code, StringComparison.Ordinal);
        Assert.Contains("writer.WriteString(value.B);", code, StringComparison.Ordinal);
        Assert.Contains("writer.WriteByteArray(value.C ?? throw", code, StringComparison.Ordinal);
        Assert.Contains("writer.WriteByteArray(value.D);", code, StringComparison.Ordinal);
        Assert.Contains("RpcMethod<global::AMethods.MRequest, string?>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_without_annotations_allows_null()
    {
        var code = GeneratorHarness.Generate("""
            #nullable disable
            [RpcService]
            internal interface IA
            {
                ValueTask<string> M(string a, byte[] b);
            }
            """);
        Assert.DoesNotContain("?? throw", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_types_of_all_shapes_compile() => GeneratorHarness.Generate("""
        [RpcService(JsonContext = typeof(Json))]
        internal interface IA
        {
            ValueTask<Dictionary<string, int[]>> A(
                List<string?> a, List<string>? b, int? c, DateTime d, (int x, string? y) e);
            ValueTask<object?> B(object a);
            ValueTask<Mixed> C(Mixed[] a, params string[] b);
            ValueTask<Uri?> D(Uri a);
        }
        internal record struct Mixed(int A, bool B, string? C);
        """ + GeneratorHarness.JsonContext("""
        [JsonSerializable(typeof(Dictionary<string, int[]>)), JsonSerializable(typeof(List<string>)),
         JsonSerializable(typeof(int?)), JsonSerializable(typeof(DateTime)),
         JsonSerializable(typeof((int x, string? y))),
         JsonSerializable(typeof(object)), JsonSerializable(typeof(Mixed)), JsonSerializable(typeof(Mixed[])),
         JsonSerializable(typeof(string[])), JsonSerializable(typeof(Uri))]
        """));

    [Fact]
    public void Only_messages_without_json_are_plain()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService(JsonContext = typeof(Json))]
            internal interface IA
            {
                ValueTask<int> A(string a, Uri b);
            }
            """ + GeneratorHarness.JsonContext("[JsonSerializable(typeof(Uri))]"));
        var parts = code.Split("class ARe", StringSplitOptions.None);
        Assert.Contains("IsPlain => false", parts[1], StringComparison.Ordinal);
        Assert.Contains("IsPlain => true", parts[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_listed_type_that_is_blittable_stays_blittable()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService(JsonContext = typeof(Json))]
            internal interface IA
            {
                ValueTask A(Guid a);
            }
            """ + GeneratorHarness.JsonContext("[JsonSerializable(typeof(Guid))]"));
        Assert.Contains("writer.WriteBlittable(value);", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_with_a_body_are_code_of_the_contract_and_not_sent()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService]
            internal interface IA
            {
                const int Max = 3;
                ValueTask<int> One(int x);
                ValueTask<int> Two(int x) => One(Helper(x));
                int Three => 3;
                private static int Helper(int x) => x;
                static int Four() => 4;
            }
            """);
        Assert.DoesNotContain("Two", code, StringComparison.Ordinal);
    }

    [Fact]
    public void An_obsolete_contract_gives_no_warning_in_generated_code() => GeneratorHarness.Generate("""
        [RpcService]
        internal interface IA
        {
            [Obsolete("Use another.")] ValueTask One(int x);
        }
        """);

    [Fact]
    public void A_contract_in_parts_is_one_contract() => Assert.Contains(
        "\"Two\"",
        GeneratorHarness.Generate("""
            [RpcService] internal partial interface IA { ValueTask One(); }
            internal partial interface IA { ValueTask Two(); }
            """),
        StringComparison.Ordinal);

    [Fact]
    public void Lanes_go_into_the_descriptions_of_the_methods()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService]
            internal interface IA
            {
                [RpcMethod(Lane = RpcLane.Inline)] ValueTask<int> One(int x);
                [RpcMethod(Lane = RpcLane.Pool)] ValueTask<int> Two(int x);
                ValueTask<int> Three(int x);
            }
            """);
        Assert.Equal(2, code.Split("lane: global::NetCore.Rpc.RpcLane.Inline);").Length);
        Assert.Equal(3, code.Split("lane: global::NetCore.Rpc.RpcLane.Pool);").Length);
    }

    [Fact]
    public void Spans_of_inline_methods_compile_whatever_they_are_called()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService(JsonContext = typeof(Json))]
            internal interface IA
            {
                [RpcMethod(Lane = RpcLane.Inline)] ValueTask One(ReadOnlySpan<byte> bytes);
                [RpcMethod(Lane = RpcLane.Inline)] ValueTask<int> Two(int bytes, ReadOnlySpan<byte> @class = default);
                [RpcMethod(Lane = RpcLane.Inline)] ValueTask<int> Three(
                    Uri request, scoped ReadOnlySpan<byte> call, CancellationToken bytes2 = default);
                [RpcMethod(Lane = RpcLane.Inline)] ValueTask<int> Four(params ReadOnlySpan<byte> x);
                [RpcMethod(Lane = RpcLane.Inline, OneWay = true)] ValueTask ToString(int x, ReadOnlySpan<byte> y);
            }
            """ + GeneratorHarness.JsonContext("[JsonSerializable(typeof(Uri))]"));
        Assert.Contains("RpcMethod<global::System.ReadOnlyMemory<byte>, int> Four", code, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_contract_gives_the_same_text()
    {
        const string source = "[RpcService] internal interface IA { ValueTask<int> M(string x, Guid y); }";
        Assert.Equal(GeneratorHarness.Generate(source), GeneratorHarness.Generate(source));
    }
}
