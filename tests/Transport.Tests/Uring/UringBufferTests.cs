namespace NetCore.Transport.Tests;

/// <summary>Receives for which the ring has no buffer left, and bytes that nobody takes for a while.</summary>
public sealed class UringBufferTests
{
    [Fact]
    [Trait("Trap", "5")]
    public async Task Bursts_of_many_connections_arrive_though_there_are_four_buffers()
    {
        const int pairs = 32;
        const int bytes = 64 * 1024;
        await using var engine = new OneTinyRing();
        var all = new List<Pair>();
        for (var i = 0; i < pairs; i++)
        {
            all.Add(await Pair.StartAsync(engine));
        }

        all.ForEach(static pair => pair.Client.SendPattern(bytes));
        foreach (var pair in all)
        {
            await Pair.Until(() => pair.Server.Received == bytes, $"{pair.Server.Received} of {bytes} bytes");
            await pair.DisposeAsync();
        }

        Assert.Equal(0, engine.Ring1.BuffersTaken);
    }

    [Fact]
    [Trait("Trap", "6")]
    public async Task A_connection_receives_and_the_reactor_sleeps_while_paused_ones_hold_every_buffer()
    {
        const int rounds = 200;
        await using var engine = new OneTinyRing();
        var paused = new List<Pair>();
        for (var i = 0; i < 8; i++)
        {
            var pair = await Pair.StartAsync(engine);
            paused.Add(pair);

            // A byte there shows that it waits for the next one when it is paused.
            pair.Client.SendPattern(1);
            await Pair.Until(() => pair.Server.Received == 1, "a byte");
            pair.Server.Connection.PauseReceive();
            pair.Client.SendPattern(100);
        }

        await Pair.Until(() => engine.Ring1.BuffersTaken == 4, "all buffers are held");
        await using var other = await Pair.StartAsync(engine);
        var enters = engine.Ring1.Enters;
        for (var i = 1; i <= rounds; i++)
        {
            other.Client.SendPattern(1);
            await Pair.Until(() => other.Server.Received == i, "a byte of another connection");
        }

        // A receive that is tried for ever without a buffer would enter the kernel a million times a second.
        Assert.InRange(engine.Ring1.Enters - enters, 1, rounds * 20);
        foreach (var pair in paused)
        {
            Assert.Equal(1, pair.Server.Received);
            pair.Server.Connection.ResumeReceive();
            await Pair.Until(() => pair.Server.Received == 101, "what came meanwhile");
            await pair.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Trap", "7")]
    public async Task No_byte_is_dropped_by_pauses_at_any_moment(bool multishot)
    {
        const int bytes = 3_000_000;
        await using UringTcpEngine engine =
            multishot ? new RingEngine<TinyMultishotRing, BusyPolling>() : new OneTinyRing();
        await using var pair = await Pair.StartAsync(engine);
        var random = new Random(1);
        pair.Server.OnData = (peer, data) =>
        {
            var taken = peer.Check(data);
            if (random.Next(3) == 0)
            {
                peer.Connection.PauseReceive();
                ThreadPool.UnsafeQueueUserWorkItem(
                    static connection => connection.ResumeReceive(), peer.Connection, preferLocal: false);
            }

            return taken;
        };
        pair.Client.SendPattern(bytes);
        await Pair.Until(() => pair.Server.Received == bytes, $"{pair.Server.Received} of {bytes} bytes");
        Assert.Empty(pair.Server.Violations);
    }
}
