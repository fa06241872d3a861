namespace NetCore.Rpc.Generators.Tests;

public class NamingTests
{
    [Fact]
    public void Keywords_are_good_names() => GeneratorHarness.Generate("""
        namespace @namespace.@class
        {
            [RpcService]
            internal interface @interface
            {
                ValueTask<int> @class(int @int, string @string, CancellationToken @default);
                ValueTask @voidAsync(@struct @event);
            }

            internal record struct @struct(int @fixed);
        }
        """);

    [Fact]
    public void Parameters_may_be_named_like_what_the_generator_writes() => GeneratorHarness.Generate("""
        namespace Demo;
        [RpcService]
        internal interface IGreeter
        {
            ValueTask<int> A(int _invoker, int _options, int GreeterMethods, int Demo, int System, int NetCore);
            ValueTask<int> B(int value, string writer, LeasedBytes reader, LeasedBytes part0, int handedOver, int call);
            ValueTask<int> C(string request, int Request, string call, CancellationToken invoker);
            ValueTask<int> D(int x, int X, int equals, int toString, int getHashCode, int dRequest, int deconstruct);
            ValueTask<int> E(int _);
        }
        """);

    [Fact]
    public void Methods_may_be_named_like_what_the_generator_writes() => GeneratorHarness.Generate("""
        namespace Demo;
        [RpcService]
        internal interface IGreeter
        {
            ValueTask GreeterClient(int x, int y);
            ValueTask<int> GreeterMethods(int x, int y);
            ValueTask GreeterDispatcher();
            ValueTask Dispatch();
            [RpcMethod(Name = "x")] ValueTask DispatchAsync();
            [RpcMethod(Name = "y")] ValueTask AsyncAsync();
            ValueTask Async();
            ValueTask _service();
            ValueTask _invoker();
            ValueTask _options(int _invoker);
            ValueTask Methods();
            ValueTask MethodList();
            ValueTask<int> Go(int x, int y);
            ValueTask<int> GoRequest(int x, int y);
            ValueTask<int> GoRequestCodec(int x, int y);
            ValueTask<int> AnswerGo(int x);
            ValueTask GetTypeAsync();
        }
        """);

    [Fact]
    public void Members_that_would_hide_those_of_object_are_implemented_explicitly()
    {
        var code = GeneratorHarness.Generate("""
            #pragma warning disable CS0108
            [RpcService]
            internal interface IThing
            {
                ValueTask<string> ToString(int x = 3);
                ValueTask<bool> Equals(string other, int more);
                ValueTask ThingClient();
            }
            """);
        Assert.Contains("global::IThing.ToString(int x) =>", code, StringComparison.Ordinal);
        Assert.Contains("global::IThing.ThingClient() =>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Overloads_have_names_of_their_own_on_the_wire()
    {
        var code = GeneratorHarness.Generate("""
            [RpcService]
            internal interface IA
            {
                ValueTask Go(int x);
                [RpcMethod(Name = "go-text")] ValueTask Go(string x);
            }
            """);
        Assert.Contains("\"go-text\"", code, StringComparison.Ordinal);
        Assert.Contains(" Go2 { get; }", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IGreeter", "GreeterClient")]
    [InlineData("Greeter", "GreeterClient")]
    [InlineData("Index", "IndexClient")]
    [InlineData("I", "IClient")]
    [InlineData("I1", "I1Client")]
    public void A_leading_I_goes_when_a_capital_follows(string contract, string client) => Assert.Contains(
        $"sealed class {client} ",
        GeneratorHarness.Generate($"[RpcService] internal interface {contract} {{ }}"),
        StringComparison.Ordinal);

    [Fact]
    public void Contracts_of_the_same_name_stand_side_by_side()
    {
        var (result, output) = GeneratorHarness.Run("""
            namespace One { [RpcService] internal interface IA { ValueTask M(); } }
            namespace one { [RpcService] internal interface IA { ValueTask M(); } }
            namespace Two { [RpcService] internal interface IA { ValueTask M(); }
                            [RpcService] internal interface IB { ValueTask M(); } }
            [RpcService] internal interface IA { ValueTask M(); }
            """);
        Assert.Equal(5, result.GeneratedSources.Length);
        Assert.DoesNotContain(
            output.GetDiagnostics(TestContext.Current.CancellationToken),
            d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Fact]
    public void The_default_name_on_the_wire_is_the_name_in_metadata()
    {
        var code = GeneratorHarness.Generate(
            "namespace A.@class; [RpcService] internal interface IB { ValueTask DoAsync(); }");
        Assert.Contains("\"A.class.IB\"", code, StringComparison.Ordinal);
        Assert.Contains("\"Do\"", code, StringComparison.Ordinal);
        Assert.Contains($"case 0x{MethodId.Of("A.class.IB/Do"):X16}UL:", code, StringComparison.Ordinal);
    }
}
