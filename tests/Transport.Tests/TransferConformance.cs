namespace NetCore.Transport.Tests;

/// <summary>Bytes arrive, in order, once, whatever their number and the order in which the sides end.</summary>
public abstract class TransferConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(65_536)]
    [InlineData(1_000_003)]
    public async Task Bytes_arrive_in_order_and_both_ends_close_in_order(int count)
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Client.SendPattern(count, end: true);
        await pair.Closed();

        Assert.Equal(count, pair.Server.Received);
        Assert.True(pair.Server.Ended && pair.Client.Ended);
        Assert.Equal(TransportError.None, pair.Client.Close.Error);
        Assert.Equal(TransportError.None, pair.Server.Close.Error);
        Assert.Equal(count, pair.Client.Connection.Statistics.BytesSent);
        Assert.Equal(count, pair.Server.Connection.Statistics.BytesReceived);
    }

    [Fact]
    public async Task Both_directions_carry_megabytes_at_once()
    {
        const int count = 8 * 1024 * 1024;
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.SendPattern(count, end: true);
        pair.Client.SendPattern(count, end: true);
        await pair.Closed();

        Assert.Equal(count, pair.Server.Received);
        Assert.Equal(count, pair.Client.Received);
    }

    [Fact]
    public async Task An_answer_still_arrives_after_the_asker_has_ended_its_output()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnEnd = server => server.SendPattern(300_000, end: true);
        pair.Client.SendPattern(10, end: true);
        await pair.Closed();

        Assert.Equal(300_000, pair.Client.Received);
        Assert.Equal(TransportError.None, pair.Client.Close.Error);
    }

    [Fact]
    public async Task The_accepting_side_may_end_first()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Client.OnEnd = client => client.SendPattern(70_000, end: true);
        pair.Server.SendPattern(0, end: true);
        await pair.Closed();

        Assert.Equal(70_000, pair.Server.Received);
        Assert.Equal(TransportError.None, pair.Server.Close.Error);
    }

    [Fact]
    public async Task Bytes_and_the_end_that_came_while_paused_are_delivered_at_the_resume()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Server.Connection.PauseReceive();
        pair.Server.Start();
        pair.Client.Start();
        pair.Client.SendPattern(5000, end: true);
        await Pair.Until(() => pair.Client.SentPosition == 5000, "sent");
        Assert.Equal(0, pair.Server.Received);

        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Server.Connection.ResumeReceive();
        await pair.Closed();
        Assert.Equal(5000, pair.Server.Received);
    }

    [Fact]
    public async Task Unconsumed_bytes_come_again_together_with_what_follows()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var random = new Random(1);

        // Takes up to 3 KiB at a time and leaves a rest of odd length behind, like a decoder with half a frame.
        pair.Server.OnData = (peer, data) =>
        {
            var consumed = data.Length > 3000 ? random.Next(data.Length - 3000, data.Length) : data.Length;
            return peer.Check(Part(peer, data, consumed));
        };
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Client.SendPattern(3_000_000, end: true);
        await Pair.Until(() => pair.Server.Ended, "end");
        await pair.Closed();

        Assert.InRange(pair.Server.Received, 3_000_000 - 3000, 3_000_000);
    }

    [Fact]
    public async Task Retained_input_survives_by_copy_and_by_reference()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var leases = new List<(long Position, Core.Lease Lease)>();
        pair.Server.OnData = (peer, data) =>
        {
            leases.Add((peer.Received, data.Retain(0, data.Length)));
            return peer.Check(data);
        };
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Client.SendPattern(2_000_000, end: true);
        await pair.Closed();

        Assert.Equal(2_000_000, leases.Sum(one => (long)one.Lease.Length));
        foreach (var (start, lease) in leases)
        {
            var position = start;
            foreach (var value in lease.Span)
            {
                Assert.Equal(Peer.ByteAt(position++), value);
            }

            lease.Dispose();
        }
    }

    [Fact]
    public async Task A_connection_that_waits_holds_no_block()
    {
        Assert.SkipUnless(Engine.IdleHoldsNoBlock, "This engine never sleeps and keeps the blocks that it polls with.");
        await using var pair = await Pair.StartAsync(Engine);
        pair.Client.SendPattern(100_000);
        await Pair.Until(() => pair.Server.Received == 100_000, "received");
        await Pair.Until(() => Engine.World.Blocks.Outstanding == 0, "no block held");
    }

    private static ReceivedData Part(Peer peer, in ReceivedData data, int length) =>
        new(peer.Pool, data.Span[..length]);
}
