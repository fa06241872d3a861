using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench.Tests;

/// <summary>What the tool says about contestants whose faults are known, because they are made here.</summary>
public class SelfTests
{
    private static readonly Uri Nowhere = new("tcp://127.0.0.1:1");
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);
    private const int StalledCall = 300;

    [Fact]
    public void A_delay_of_1_ms_in_1_percent_of_the_calls_shows_up_as_such()
    {
        // One that sleeps answers on the calling thread, so the other calls cannot wait for it.
        var contestant = new MemoryContestant(static number =>
        {
            if (number % 100 == 0)
            {
                Sleep(Delay);
            }

            return default;
        });

        // Other programs can make further calls slow, but not for ever.
        var shown = false;
        for (var attempt = 0; attempt < 20 && !shown; attempt++)
        {
            contestant.Restart();
            var latency = Run(contestant, Shape(1, 1), TimeSpan.FromMilliseconds(300), 0, out var result);
            Assert.Equal(result.Operations, latency.Count);
            Assert.InRange(CountFrom(latency, Delay), latency.Count / 100, latency.Count);
            shown = latency.Count >= 200 && latency.ValueAt(98) < 990_000;
        }

        Assert.True(shown);
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
                Sleep(Delay);
            }
        });
        var latency = Run(server, Shape(1, 1), TimeSpan.FromMilliseconds(300), 0, out var result);
        Assert.Equal(result.Operations, latency.Count);
        Assert.InRange(CountFrom(latency, Delay), delays, latency.Count);
    }

    [Fact]
    public void An_open_loop_charges_a_server_that_stalls_for_200_ms_with_every_call_that_was_due()
    {
        // Every call waits for the end of the stall, which the one with this number starts.
        var end = new TaskCompletionSource();
        var contestant = new MemoryContestant(number =>
        {
            if (number == StalledCall)
            {
                Sleep(Stall);
                end.SetResult();
            }

            return number < StalledCall ? default : new ValueTask(end.Task);
        });
        var latency = Run(contestant, Shape(1, 4), TimeSpan.FromSeconds(1), 1000, out var result);
        AssertStallIsCharged(latency, result);
    }

    [Fact]
    public void The_load_generator_of_echoes_does_so_too()
    {
        using var server = new BlockingServer(static message =>
        {
            if (message == StalledCall)
            {
                Sleep(Stall);
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
                Sleep(Stall);
            }
        });
        var latency = Run(server, Shape(1, 4), TimeSpan.FromSeconds(0.5), 0, out var result);
        Assert.InRange(latency.Max, Ticks.ToNanoseconds(Ticks.Of(Stall)), long.MaxValue);

        // Each of the four slots has one call at a time. An open loop of 1,000 calls in a second would have a hundred.
        var most = 4 * result.Seconds / (Stall / 2.1).TotalSeconds;
        Assert.InRange(CountFrom(latency, Stall / 2), 1, most);
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

    // The 300th call starts the stall, so it starts at 299 ms at the earliest and ends at 499 ms. What is served
    // from then on waits for its end: of the 400 calls that are due before 400 ms all but 299, and of the 350 before
    // 350 ms too. A busy machine can only add to that. One that is so busy that calls are not even started is still
    // told of them.
    private static void AssertStallIsCharged(LatencyHistogram latency, StretchResult result)
    {
        Assert.Equal(1000, latency.Count);
        Assert.InRange(result.Operations, 1, 1000);
        Assert.InRange(latency.Max, Ticks.ToNanoseconds(Ticks.Of(Stall)), long.MaxValue);
        Assert.InRange(CountFrom(latency, Stall / 2), 101, 1000);
        Assert.InRange(CountFrom(latency, Stall * 3 / 4), 51, 1000);
    }

    // Calls that took this long; those that took 1 % less may be among them, because a bucket is that wide.
    private static int CountFrom(LatencyHistogram latency, TimeSpan time)
    {
        var least = (long)(Ticks.ToNanoseconds(Ticks.Of(time)) * 0.99);
        return Enumerable.Range(0, (int)latency.Count)
            .TakeWhile(slower => latency.ValueAt(100 * (latency.Count - slower - 0.5) / latency.Count) >= least)
            .Count();
    }

    // To the nanosecond and never less, unlike a timer or a sleep of the runtime, which count in milliseconds of a
    // clock that runs behind.
    private static void Sleep(TimeSpan time) => PreciseSleep.Until(Stopwatch.GetTimestamp() + Ticks.Of(time));
}
