using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench.Tests;

/// <summary>What the tool says about contestants whose faults are known, because they are made here.</summary>
public class SelfTests
{
    private static readonly Uri Nowhere = new("tcp://127.0.0.1:1");
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_delay_of_1_ms_in_1_percent_of_the_calls_shows_up_as_such()
    {
        // One that sleeps answers on the calling thread, so the other calls cannot wait for it.
        var contestant = new MemoryContestant(static number =>
        {
            if (number % 100 == 0)
            {
                PreciseSleep.Until(Stopwatch.GetTimestamp() + Ticks.Of(Delay));
            }

            return default;
        });
        var latency = Run(contestant, Shape(1, 1), TimeSpan.FromMilliseconds(300), 0, out var result);
        Assert.Equal(result.Operations, latency.Count);
        Assert.InRange(latency.Count, 200, long.MaxValue);

        // A bucket's middle may lie 0.8 % below what fell into it.
        Assert.InRange(latency.ValueAt(99.5), 990_000, long.MaxValue);
        Assert.InRange(latency.ValueAt(98), 0, 990_000);
    }

    [Fact]
    public void The_same_delay_shows_up_through_a_socket()
    {
        var delays = 0;
        using var server = new BlockingServer(message =>
        {
            if (message % 100 == 0)
            {
                delays++;
                PreciseSleep.Until(Stopwatch.GetTimestamp() + Ticks.Of(Delay));
            }
        });
        var latency = Run(server, Shape(1, 1), TimeSpan.FromMilliseconds(300), 0, out var result);
        Assert.Equal(result.Operations, latency.Count);
        var share = 100.0 * delays / latency.Count;
        if (delays > 0)
        {
            Assert.InRange(latency.ValueAt(100 - (share / 2)), 990_000, long.MaxValue);
        }
    }

    [Fact]
    public void An_open_loop_charges_a_server_that_stalls_for_200_ms_with_every_call_that_was_due()
    {
        // Every call waits for the end of the stall, which the 300th starts.
        var stalled = new TaskCompletionSource();
        var contestant = new MemoryContestant(number =>
        {
            if (number == 300)
            {
                _ = EndAsync();
            }

            return number < 300 ? default : new ValueTask(stalled.Task);
        });
        var latency = Run(contestant, Shape(1, 4), TimeSpan.FromSeconds(1), 1000, out var result);
        AssertStallIsCharged(latency, result);

        async Task EndAsync()
        {
            // This is the stall itself.
            await Task.Delay(Stall);
            stalled.SetResult();
        }
    }

    [Fact]
    public void The_load_generator_of_echoes_does_so_too()
    {
        using var server = new BlockingServer(static message =>
        {
            if (message == 300)
            {
                // This is the stall itself.
                Thread.Sleep(Stall);
            }
        });
        var latency = Run(server, Shape(1, 4), TimeSpan.FromSeconds(1), 1000, out var result);
        AssertStallIsCharged(latency, result);
    }

    [Fact]
    public void A_closed_loop_hides_such_a_stall_which_is_why_there_is_an_open_one()
    {
        using var server = new BlockingServer(static message =>
        {
            if (message == 10)
            {
                // This is the stall itself.
                Thread.Sleep(Stall);
            }
        });
        var latency = Run(server, Shape(1, 4), TimeSpan.FromSeconds(0.5), 0, out _);
        Assert.InRange(latency.ValueAt(100), Ticks.ToNanoseconds(Ticks.Of(Stall)), long.MaxValue);
        Assert.InRange(CountFrom(latency, 100_000_000), 1, 40);
    }

    [Fact]
    public void In_the_long_tail_one_call_of_100_is_slow_and_is_not_measured()
    {
        var contestant = new MemoryContestant(static number => default);
        var latency = Run(
            contestant, Shape(1, 4) with { Traffic = Traffic.LongTail }, TimeSpan.FromMilliseconds(50), 0, out _);
        var all = latency.Count + contestant.SlowCalls;
        Assert.InRange(contestant.SlowCalls, (all / 100) - 4, (all / 100) + 4);
    }

    [Fact]
    public void An_answer_that_is_not_its_callers_own_ends_the_cell()
    {
        using var server = new BlockingServer(static _ => { }, corrupt: 50);
        Assert.Throws<BenchException>(() => Run(server, Shape(1, 1), TimeSpan.FromSeconds(30), 0, out _));
    }

    private static LoadShape Shape(int connections, int outstanding) =>
        new(Traffic.Echo, connections, outstanding, 32, 0, WaitMode.Block, TimeSpan.Zero);

    private static LatencyHistogram Run(
        RpcContestant contestant, LoadShape shape, TimeSpan duration, double rate, out StretchResult result)
    {
        using var driver = new RpcDriver(contestant);
        return Run(driver, Nowhere, shape, new Stretch(duration, rate, new LatencyHistogram()), out result);
    }

    private static LatencyHistogram Run(
        BlockingServer server, LoadShape shape, TimeSpan duration, double rate, out StretchResult result)
    {
        using var driver = EchoDrivers.New();
        return Run(driver, server.Address, shape, new Stretch(duration, rate, new LatencyHistogram()), out result);
    }

    private static LatencyHistogram Run(
        ILoadDriver driver, Uri address, LoadShape shape, Stretch stretch, out StretchResult result)
    {
        driver.Connect(address, shape);
        result = driver.Run(stretch);
        return stretch.Latency;
    }

    // Of 1,000 calls in a second 200 fall due during the stall, half of them so early that they wait for 100 ms at
    // least. A busy machine only adds to these.
    private static void AssertStallIsCharged(LatencyHistogram latency, StretchResult result)
    {
        Assert.Equal(1000, result.Operations);
        Assert.Equal(1000, latency.Count);
        Assert.InRange(CountFrom(latency, 99_000_000), 99, 1000);
        Assert.InRange(CountFrom(latency, 149_000_000), 49, 1000);
        Assert.InRange(latency.Max, 198_000_000, long.MaxValue);
    }

    private static int CountFrom(LatencyHistogram latency, long nanoseconds) => (int)Enumerable
        .Range(1, 10_000).Count(step => latency.ValueAt(step / 100.0) >= nanoseconds) * (int)latency.Count / 10_000;
}
