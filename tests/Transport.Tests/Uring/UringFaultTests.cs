using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The engine on rings with faults, chosen by a seed.</summary>
public sealed class UringFaultTests
{
    private const int Bytes = 300_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task No_fault_of_a_ring_costs_a_byte(int seed) => Exchange(seed);

    [Nightly]
    [Fact]
    public async Task No_fault_of_a_ring_costs_a_byte_by_many_seeds()
    {
        for (var seed = 100; seed < 300; seed++)
        {
            await Exchange(seed);
        }
    }

    [Fact]
    public Task Closes_that_meet_late_completions_give_everything_back() => Closes(1, 3);

    [Nightly]
    [Fact]
    public Task Closes_that_meet_late_completions_give_everything_back_by_many_seeds() => Closes(100, 100);

    // So many seeds, and more until a request was cancelled that was over: how often depends on the kernel's timing.
    private static async Task Closes(int first, int count)
    {
        var late = 0;
        for (var seed = first; seed < first + count || late == 0; seed++)
        {
            Assert.True(seed < first + count + 100, "no request was cancelled that was over");
            late += await Closes(seed);
        }
    }

    private static async Task<int> Closes(int seed)
    {
        var faults = new Faults(seed, shortReceives: false);
        await using var engine = new FaultyEngine(new Faults(seed + 1000, shortReceives: false), faults);
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            await using var pair = await Pair.StartAsync(engine);

            // Sent by the reactor, and so by requests.
            pair.Server.OnData = static (peer, data) =>
            {
                peer.SendPattern(data.Length * 20);
                return peer.Check(data);
            };
            pair.Client.SendPattern(2000);
            var least = 1 + random.Next(20_000);
            await Pair.Until(() => pair.Client.Received >= least, $"seed {seed}: {pair.Client.Received} bytes");
            (random.Next(2) == 0 ? pair.Client : pair.Server).Connection.Abort();
            await pair.Closed();
        }

        await Pair.Until(() => engine.Leftovers() is null, $"all is given back: {engine.Leftovers()}");
        Assert.NotEqual(0, faults.Count(Fault.Delayed));
        Assert.NotEqual(0, faults.Count(Fault.Missed));
        return faults.Count(Fault.CancelledLate);
    }

    private static async Task Exchange(int seed)
    {
        var faults = new Faults(seed, shortReceives: false);
        await using var engine = new FaultyEngine(new Faults(seed + 1000, shortReceives: false), faults);
        for (var pairs = 0; pairs < 3; pairs++)
        {
            await using var pair = await Pair.StartAsync(engine);

            // Questions of a few bytes, answered by the reactor with many.
            pair.Server.OnData = static (peer, data) =>
            {
                peer.SendPattern(Bytes / 50);
                return peer.Check(data);
            };
            for (var i = 1; i <= 50; i++)
            {
                pair.Client.SendPattern(10);
                await Pair.Until(
                    () => pair.Server.Received == 10 * i && pair.Client.Received >= Bytes / 50 * i,
                    $"seed {seed}: message {i}, {pair.Client.Received} bytes");
            }

            pair.Client.SendPattern(0, end: true);
            await pair.Closed();
            Assert.Equal(TransportError.None, pair.Server.Close.Error);
        }

        await Pair.Until(() => engine.Leftovers() is null, $"all is given back: {engine.Leftovers()}");
        // Those of the ring alone.
        Fault[] certain =
            [Fault.Short, Fault.InterruptedBefore, Fault.Busy, Fault.Asynchronous, Fault.Delayed];
        Assert.All(certain, fault => Assert.True(faults.Count(fault) > 0, $"seed {seed}: never {fault}"));
    }

    private sealed class FaultyEngine(Faults calls, Faults faults) : UringTcpEngine
    {
        private protected override UringSettings Settings => TinySettings;

        private protected override ISystemCalls Calls() => calls.Calls();

        private protected override IUringCalls Ring() => new FaultyRing(faults);
    }
}
