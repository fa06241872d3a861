namespace NetCore.Quickstart.Tests;

/// <summary>Ticker, in several processes.</summary>
public sealed class TickerTests
{
    [Theory]
    [InlineData("view")]
    [InlineData("publish")]
    public async Task A_client_whose_broker_goes_says_so_in_one_line(string role)
    {
        using var broker = await ServerProcess.StartAsync("Ticker", "broker", "tcp://127.0.0.1:0");
        using var client = await ServerProcess.StartAsync("Ticker", role, $"{broker.Address}");
        Assert.Matches(@"^Broker at tcp://\S+ by \w+$", broker.Line);
        Assert.Matches(@" to tcp://\S+ by \w+; ", client.Line);

        await broker.TerminateAsync();
        var (exit, errors) = await client.EndAsync();

        Assert.True(exit == 1, errors);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The session has ended: ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("view")]
    [InlineData("publish")]
    public async Task A_client_whose_peer_is_no_broker_says_so_in_one_line(string role)
    {
        using var echo = await ServerProcess.StartAsync("Echo", "--listen", "tcp://127.0.0.1:0");
        var (exit, output) = await QuickstartProcess.RunProgramAsync("Ticker", role, $"{echo.Address}");

        Assert.True(exit == 1, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("The session has ended: ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
