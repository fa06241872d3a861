using NetCore.Rpc.Generators.Internal;

namespace NetCore.Rpc.Generators.Tests;

public class WireIdTests
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("Demo.Contracts.IGreeter/Hello")]
    [InlineData("dienst/größe")]
    [InlineData("服务/方法")]
    public void The_number_in_the_switch_is_the_number_at_run_time(string fullName) =>
        Assert.Equal(MethodId.Of(fullName), WireIds.Of(fullName));

    [Fact]
    public void The_number_is_the_published_one_of_FNV_1a() => Assert.Equal(0x85944171F73967E8UL, WireIds.Of("foobar"));

    [Fact]
    public void Two_methods_with_one_number_are_refused()
    {
        // The numbers are set by hand: names that collide in 64 bits are not to be had for the asking.
        var first = new MethodModel("First", "First", 7, false, false, false, default, null, null, false, null, null);
        var second = first with { Name = "Second", WireName = "Second" };
        var sink = new ReportSink();
        var compilation = GeneratorHarness.Compile("class Second;");
        var symbol = compilation.GetTypeByMetadataName("Second")!;

        Clashes.Check(symbol, second, [first, second], sink);

        var diagnostic = Assert.Single(sink.ToArray()).ToDiagnostic();
        Assert.Equal("NCRPC012", diagnostic.Id);
        Assert.True(sink.Failed);
    }
}
