namespace NetCore.Transport.Tests;

/// <summary>Pauses, holds, bounds and storms.</summary>
public abstract class FlowConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task A_paused_receiver_stops_its_sender_within_bounds()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Server.Connection.PauseReceive();
        pair.Server.Start();
        pair.Client.Start();
        pair.Client.SendPattern(48 * 1024 * 1024, end: true);

        var last = await pair.Still(() => pair.Client.SentPosition);
        Assert.InRange(last, 1, 32 * 1024 * 1024);
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Server.Connection.ResumeReceive();
        await pair.Closed();
        Assert.Equal(48 * 1024 * 1024, pair.Server.Received);
    }

    [Fact]
    public async Task A_pause_inside_the_callback_holds_what_was_left_and_the_resume_delivers_it_without_news()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var calls = 0;
        pair.Server.OnData = (peer, data) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                peer.Connection.PauseReceive();
                return 0;
            }

            return peer.Check(data);
        };
        pair.Client.SendPattern(100);
        await Pair.Until(() => Volatile.Read(ref calls) == 1, "first call");
        Assert.Equal(0, pair.Server.Received);
        pair.Server.Connection.ResumeReceive();
        await Pair.Until(() => pair.Server.Received == 100, "redelivered");
    }

    [Fact]
    public async Task A_pause_and_resume_from_outside_while_waiting_delivers_the_rest_again()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var take = false;
        pair.Server.OnData = (peer, data) => Volatile.Read(ref take) ? peer.Check(data) : 0;
        pair.Client.SendPattern(100);
        await Pair.Until(() => pair.Server.Connection.Statistics.BytesReceived == 100, "arrived");
        Volatile.Write(ref take, true);
        pair.Server.Connection.PauseReceive();
        pair.Server.Connection.ResumeReceive();
        await Pair.Until(() => pair.Server.Received == 100, "redelivered");

        // The wait that was armed before is still good for news.
        pair.Client.SendPattern(100);
        await Pair.Until(() => pair.Server.Received == 200, "news");
    }

    [Fact]
    public async Task Pauses_and_resumes_from_another_thread_lose_nothing()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var random = new Random(7);
        pair.Server.OnData = (peer, data) =>
            peer.Check(new ReceivedData(peer.Pool, data.Span[..random.Next(data.Length + 1)]));
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Client.SendPattern(200_000);
        var stop = false;
        var toggler = Task.Run(() =>
        {
            var pauses = new Random(8);
            while (!Volatile.Read(ref stop))
            {
                pair.Server.Connection.PauseReceive();
                Thread.Yield();
                pair.Server.Connection.ResumeReceive();
                Thread.SpinWait(pauses.Next(5000));
            }
        });
        await Pair.Until(() => pair.Server.Received == 200_000 || pair.Server.ClosedCount > 0, "all received");
        Volatile.Write(ref stop, true);
        await toggler;

        // A receiver that takes random parts may leave too much for once and is then cut off: that is its contract.
        Assert.True(pair.Server.Received == 200_000 || pair.Server.Close.Error == TransportError.ReceiveOverflow);
    }

    [Fact]
    public async Task Leaving_too_much_unconsumed_aborts()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnData = (_, _) => 0;
        pair.Client.SendPattern(200_000);
        await pair.Server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(TransportError.ReceiveOverflow, pair.Server.Close.Error);
    }

    [Fact]
    public async Task Held_requests_become_one_fill()
    {
        await using var pair = await Pair.StartAsync(Engine);
        await Pair.Until(() => pair.Client.Fills == 0, "quiet");
        pair.Client.Connection.HoldSends();
        pair.Client.Connection.HoldSends();
        for (var i = 0; i < 100; i++)
        {
            pair.Client.SendPattern(10);
        }

        pair.Client.Connection.ReleaseSends();
        Assert.Equal(0, pair.Client.Fills);
        pair.Client.Connection.ReleaseSends();

        // The engine's own first look at the socket may hold too; then its release fills.
        await Pair.Until(() => pair.Server.Received == 1000, "received");
        Assert.Equal(1, pair.Client.Fills);
        Assert.Equal(1, pair.Client.Connection.Statistics.Sends);
    }

    [Fact]
    public async Task A_request_that_cannot_wait_is_sent_although_sends_are_held()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Client.Connection.HoldSends();
        pair.Client.SendPattern(10);
        pair.Client.Connection.RequestSendNow();
        await Pair.Until(() => pair.Server.Received == 10, "received");
        pair.Client.SendPattern(10);
        pair.Client.Connection.ReleaseSends();
        await Pair.Until(() => pair.Server.Received == 20, "the rest");
    }

    [Fact]
    public async Task A_request_that_cannot_wait_waits_for_the_start()
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await Engine.Transport.ListenAsync(Engine.NewAddress(), accepted.SetResult);
        await using var connected = await Engine.Transport.ConnectAsync(listener.Address);
        var client = new Peer(connected);
        client.SendPattern(10);
        connected.RequestSendNow();
        client.Start();
        await using var other = await accepted.Task.WaitAsync(Pair.Patience);
        var server = new Peer(other).Start();
        await Pair.Until(() => server.Received == 10, "received");
        Assert.Equal(0, client.ClosedCount);
    }

    [Fact]
    public async Task Sends_requested_in_a_receive_callback_leave_after_the_batch()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var early = false;
        pair.Server.OnData = (peer, data) =>
        {
            var before = peer.Fills;
            peer.SendPattern(data.Length);
            early |= peer.Fills != before;
            return peer.Check(data);
        };
        pair.Client.SendPattern(200_000);
        await Pair.Until(() => pair.Client.Received == 200_000, "echo");
        Assert.False(early);
    }

    [Fact]
    public async Task A_request_storm_of_8_threads_loses_no_byte_and_overlaps_no_fill()
    {
        await using var pair = await Pair.StartAsync(Engine);
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                pair.Client.SendPattern(3);
            }
        })).ToArray();
        await Task.WhenAll(threads);
        await Pair.Until(() => pair.Server.Received == 48_000, "all received");
    }

    [Fact]
    public async Task A_request_before_the_start_is_not_lost()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Server.Start();
        pair.Client.SendPattern(10);
        Assert.Equal(0, pair.Client.Fills);
        pair.Client.Start();
        await Pair.Until(() => pair.Server.Received == 10, "received");
    }

    [Fact]
    public async Task Linked_leases_arrive_between_copies_and_come_back()
    {
        await using var pair = await Pair.StartAsync(Engine);
        const int frames = 200;
        var sent = 0;
        long position = 0;
        pair.Client.OnFill = (_, batch) =>
        {
            while (sent < frames)
            {
                var length = 1 + (sent * 1237 % 16_000);
                if (batch.SegmentsFull || batch.Remaining < length + 40)
                {
                    return SendState.More;
                }

                Pattern(batch.GetSpan(16)[..16], position);
                batch.Advance(16);
                var block = Engine.World.Blocks.Rent(Core.BlockSize.Medium, "test");
                Pattern(block.Span[..length], position + 16);
                batch.Link(new Core.Lease(block, 0, length));
                Pattern(batch.GetSpan(4)[..4], position + 16 + length);
                batch.Advance(4);
                position += 20 + length;
                sent++;
            }

            return SendState.Idle;
        };
        pair.Client.Connection.RequestSend();
        await Pair.Until(() => Volatile.Read(ref sent) == frames && pair.Server.Received == position, "all frames");
    }

    private static void Pattern(Span<byte> into, long position)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = Peer.ByteAt(position + i);
        }
    }
}
