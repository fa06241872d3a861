using System.Diagnostics;
using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Tests.Floor;

/// <summary>The load generator against servers that are slow or wrong.</summary>
public class HonestyTests
{
    private const double Million = 1e6;

    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public void A_server_that_stalls_is_charged_for_every_request_that_was_due_meanwhile(int slots, bool spins)
    {
        // A request every 2 ms for a second; the server stands still for 200 ms after the first hundred bytes or so.
        // A hundred requests fall into that time and wait 100 ms in the mean: a fifth of all.
        using var server = new ScriptedServer(new Stall(afterBytes: 3200, TimeSpan.FromMilliseconds(200)).Apply);
        using var driver = new FloorDriver();
        var wait = spins ? WaitMode.Spin : WaitMode.Block;
        driver.Connect(server.Address, FloorTests.Shape(Traffic.Echo, 1, slots, 32, framed: false, wait));
        var latency = new LatencyHistogram();
        var result = driver.Run(new Stretch(TimeSpan.FromSeconds(1), 500, latency));
        // The second may begin or end on a due request.
        Assert.InRange(result.Operations, 499, 501);
        Assert.Equal(result.Operations, latency.Count);
        Assert.InRange(latency.Max / Million, 195, double.MaxValue);
        Assert.InRange(latency.ValueAt(90) / Million, 90, double.MaxValue);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_closed_loop_sees_a_stall_once()
    {
        using var server = new ScriptedServer(new Stall(afterBytes: 3200, TimeSpan.FromMilliseconds(200)).Apply);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, FloorTests.Shape(Traffic.Echo, 1, 1, 32, framed: false, WaitMode.Block));
        var latency = new LatencyHistogram();
        var start = Stopwatch.GetTimestamp();
        driver.Run(new Stretch(TimeSpan.FromSeconds(1), 0, latency));
        var most = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 195;
        Assert.InRange(latency.Max / Million, 195, double.MaxValue);

        // One at a time, so the stall is in one, and a busy machine can have made few others as slow.
        var slow = Enumerable.Range(0, (int)latency.Count).TakeWhile(
            slower => latency.ValueAt(100 * (latency.Count - slower - 0.5) / latency.Count) >= 195 * Million).Count();
        Assert.InRange(slow, 1, most);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(31)]
    public void A_byte_that_changed_on_its_way_ends_the_run(int index)
    {
        using var server = new ScriptedServer(bytes => bytes[index] ^= 1);
        AssertFails(server, "answer");
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void An_answer_that_comes_twice_ends_the_run()
    {
        var first = new byte[32];
        var seen = 0;
        using var server = new ScriptedServer(bytes =>
        {
            if (seen++ == 0)
            {
                bytes[..32].CopyTo(first);
            }
            else
            {
                first.CopyTo(bytes);
            }
        });
        AssertFails(server, "no request");
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_connection_that_the_server_closes_ends_the_run()
    {
        using var server = new ScriptedServer(static _ => throw new IOException("the end"));
        AssertFails(server, "closed");
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_slow_client_burns_its_time_for_each_answer()
    {
        await using var server = new FloorServer(FloorTests.Address(false), Service.Echo, spins: false, framed: false);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, FloorTests.Shape(Traffic.Echo, 1, 4, 32, framed: false, WaitMode.Block) with
        {
            ClientWork = TimeSpan.FromMilliseconds(5),
        });
        var start = Stopwatch.GetTimestamp();
        var result = driver.Run(new Stretch(TimeSpan.FromMilliseconds(200), 0, new LatencyHistogram()));
        var most = (Stopwatch.GetElapsedTime(start).TotalMilliseconds / 5) + 1;
        Assert.InRange(result.Operations, 4, (long)most);
    }

    private static void AssertFails(ScriptedServer server, string words)
    {
        using var driver = new FloorDriver();
        driver.Connect(server.Address, FloorTests.Shape(Traffic.Echo, 1, 1, 32, framed: false, WaitMode.Block));
        var failure = Assert.Throws<BenchException>(() =>
            driver.Run(new Stretch(TimeSpan.FromSeconds(1), 0, new LatencyHistogram())));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }
}
