using System.Text.Json;

namespace NetCore.Bench.Tests;

/// <summary>One half alone, with the traffic that its user chooses.</summary>
public class LoadCommandTests
{
    [Theory]
    [InlineData("rpc", "items")]
    [InlineData("rpc", "exchange")]
    [InlineData("netcore-topics", "publish")]
    [InlineData("netcore-topics", "publish-one")]
    public void It_makes_the_traffic_and_tells_how_steady_it_was(string half, string traffic)
    {
        using var server = BenchProgram.Start("serve", half, "--listen", "tcp://127.0.0.1:0");
        var address = server.ReadLine()["listening ".Length..];

        // Long enough for the first operation of a machine that has other things to do.
        var (exitCode, output) = BenchProgram.Run(
            "load", half, "--connect", address, "--traffic", traffic, "--warmup", "1", "--seconds", "1", "--json");
        Assert.True(exitCode == ExitCode.Success, output);
        using var result = JsonDocument.Parse(output);
        Assert.True(result.RootElement.GetProperty("operations").GetInt64() > 0);
        var warm = result.RootElement.GetProperty("warmUp");
        Assert.InRange(warm.GetProperty("spread").GetDouble(), 0, 1);
        Assert.Contains(warm.GetProperty("steady").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
        server.Terminate();
    }

    [Fact]
    public void Peers_from_Debian_take_part_where_they_can_be_installed()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("CI") is not (null or "" or "false"), "Packages may be missing here.");
        var scenario = Scenarios.All.First(static one => one.IsTopics);
        Assert.Null(Roster.Get("nats").WhyNot(scenario));
        Assert.Null(Roster.Get("redis").WhyNot(scenario));
    }
}
