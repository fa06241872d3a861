namespace NetCore.Transport.Tests;

/// <summary>When one request receives again and again, and when each receive is one.</summary>
public sealed class UringMultishotTests
{
    private const int RoundTrips = 500;
    private const int Small = 100;
    private const int Bulk = 8_000_000;

    // Of a wake-up, and of a request that goes on after an interruption.
    private const int Slack = RoundTrips / 10;

    [Fact]
    public void It_is_the_default() => Assert.True(new UringTransportOptions().MultishotReceive);

    [Fact]
    public async Task A_small_message_takes_no_request_to_be_received()
    {
        await using var engine = new MultishotUringEngine();
        await using var pair = await Pair.StartAsync(engine);
        Assert.InRange(await RequestsOf(engine, pair), 0, (2 * RoundTrips) + Slack);
    }

    [Fact]
    public async Task It_takes_one_where_no_request_goes_on()
    {
        await using var tcp = new SingleShotUringEngine();
        await using var unix = new UringUnixEngine();
        foreach (var engine in new[] { tcp, (UringTcpEngine)unix })
        {
            await using var pair = await Pair.StartAsync(engine);
            Assert.InRange(await RequestsOf(engine, pair), 3 * RoundTrips, long.MaxValue);
        }
    }

    [Fact]
    public async Task Bulk_goes_past_the_buffers_and_small_messages_after_it_do_not()
    {
        await using var engine = new MultishotUringEngine();
        await using var pair = await Pair.StartAsync(engine);
        await RequestsOf(engine, pair);
        var before = pair.Server.Received;
        var direct = 0L;
        engine.Hooked.Received = bytes => Interlocked.Add(ref direct, bytes);
        pair.Server.OnData = static (peer, data) => peer.Check(data);
        pair.Client.SendPattern(Bulk);
        await Pair.Until(() => pair.Server.Received - before == Bulk, $"{pair.Server.Received - before} bytes");
        Assert.InRange(Volatile.Read(ref direct), Bulk / 2, Bulk);

        // The first of these are still received one by one.
        await RequestsOf(engine, pair);
        Assert.InRange(await RequestsOf(engine, pair), 0, (2 * RoundTrips) + Slack);
        Assert.Equal(0, engine.Ring1.BuffersTaken);
    }

    // Of so many messages there and back, one after the other, on both sides of a connection.
    private static async Task<long> RequestsOf(UringTcpEngine engine, Pair pair)
    {
        var left = RoundTrips;
        var before = ((UringTransport)engine.Transport).Counters.Requests;
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Server.OnData = static (peer, data) =>
        {
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        pair.Client.OnData = (peer, data) =>
        {
            var taken = peer.Check(data);
            if (peer.Received % Small != 0)
            {
                return taken;
            }

            if (--left > 0)
            {
                peer.SendPattern(Small);
            }
            else
            {
                over.SetResult();
            }

            return taken;
        };
        pair.Client.SendPattern(Small);
        await over.Task.WaitAsync(Pair.Patience);
        return ((UringTransport)engine.Transport).Counters.Requests - before;
    }
}
