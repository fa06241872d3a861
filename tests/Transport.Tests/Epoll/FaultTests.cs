namespace NetCore.Transport.Tests;

/// <summary>The engine on a kernel with faults, chosen by a seed.</summary>
public sealed class FaultTests
{
    private const int Bytes = 300_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task No_fault_costs_a_byte(int seed) => Exchange(seed);

    [Nightly]
    [Fact]
    public async Task No_fault_costs_a_byte_by_many_seeds()
    {
        for (var seed = 100; seed < 300; seed++)
        {
            await Exchange(seed);
        }
    }

    private static async Task Exchange(int seed)
    {
        foreach (var overUnix in new[] { false, true })
        {
            var faults = new Faults(seed, shortReceives: overUnix);
            await using Engine engine = overUnix ? new FaultyUnix(faults) : new FaultyTcp(faults);
            for (var pairs = 0; pairs < 3; pairs++)
            {
                await using var pair = await Pair.StartAsync(engine);
                pair.Server.SendPattern(Bytes);
                pair.Client.SendPattern(Bytes);

                // Small messages too, for which the reactor sleeps in between.
                for (var i = 0; i < 50; i++)
                {
                    pair.Client.SendPattern(10);
                    var sent = Bytes + (10 * (i + 1));
                    await Pair.Until(() => pair.Server.Received == sent, $"seed {seed}: message {i}");
                }

                pair.Client.SendPattern(0, end: true);
                await pair.Closed();
                Assert.Equal(Bytes, pair.Client.Received);
                Assert.Equal(TransportError.None, pair.Server.Close.Error);
            }

            Assert.Null(engine.Leftovers());
            Fault[] certain =
            [
                Fault.Short, Fault.Again, Fault.InterruptedBefore, Fault.InterruptedAfter, Fault.SpuriousFlags,
            ];
            Assert.All(certain, fault => Assert.True(faults.Count(fault) > 0, $"seed {seed}: never {fault}"));
        }
    }

    private sealed class FaultyTcp(Faults faults) : EpollTcpEngine
    {
        private protected override Native.ISystemCalls Calls() => faults.Calls();
    }

    private sealed class FaultyUnix(Faults faults) : EpollUnixEngine
    {
        private protected override Native.ISystemCalls Calls() => faults.Calls();
    }
}
