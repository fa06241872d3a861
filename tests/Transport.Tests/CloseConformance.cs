namespace NetCore.Transport.Tests;

/// <summary>Aborts, failures and dispose, at every point and from everywhere.</summary>
public abstract class CloseConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task An_abort_reports_its_first_reason_and_resets_the_peer()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnEnd = server => server.SendPattern(0, end: true);
        pair.Client.Connection.Abort(TransportError.ProtocolViolation, "first");
        pair.Client.Connection.Abort(TransportError.Aborted, "second");
        await pair.Closed();

        Assert.Equal(TransportError.ProtocolViolation, pair.Client.Close.Error);
        Assert.Equal("first", pair.Client.Close.Detail);
        if (Engine.AbortIsReset)
        {
            Assert.Equal(TransportError.Reset, pair.Server.Close.Error);
            Assert.False(pair.Server.Ended);
        }
    }

    [Fact]
    public async Task A_receiver_that_throws_loses_its_own_connection_only()
    {
        await using var pair = await Pair.StartAsync(Engine);
        await using var other = await Pair.StartAsync(Engine);
        pair.Server.OnData = (_, _) => throw new InvalidOperationException("mine");
        pair.Client.SendPattern(10);
        await pair.Closed();
        Assert.Equal(TransportError.ReceiverFailed, pair.Server.Close.Error);
        Assert.Equal("mine", pair.Server.Close.Exception?.Message);

        other.Client.SendPattern(1000);
        await Pair.Until(() => other.Server.Received == 1000, "the other goes on");
    }

    [Fact]
    public async Task A_receiver_that_consumes_more_than_it_got_is_cut_off()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnData = (_, data) => data.Length + 1;
        pair.Client.SendPattern(10);
        await pair.Closed();
        Assert.Equal(TransportError.ReceiverFailed, pair.Server.Close.Error);
    }

    [Fact]
    public async Task A_source_that_throws_or_answers_More_for_nothing_fails_its_connection()
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Client.OnFill = (_, batch) =>
        {
            batch.Write(new byte[100]);
            throw new InvalidOperationException("mine");
        };
        pair.Client.Connection.RequestSend();
        await pair.Closed();
        Assert.Equal(TransportError.SourceFailed, pair.Client.Close.Error);

        await using var second = await Pair.StartAsync(Engine);
        second.Client.OnFill = (_, _) => SendState.More;
        second.Client.Connection.RequestSend();
        await second.Closed();
        Assert.Equal(TransportError.SourceFailed, second.Client.Close.Error);
    }

    [Fact]
    public async Task A_second_start_throws()
    {
        await using var pair = await Pair.StartAsync(Engine);
        Assert.Throws<InvalidOperationException>(() => pair.Client.Connection.Start(pair.Client, pair.Client));
    }

    [Fact]
    public async Task A_start_after_dispose_still_reports_the_close_once()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Server.Start();
        await pair.Client.Connection.DisposeAsync();
        await pair.Client.Connection.DisposeAsync();
        pair.Client.Start();
        await pair.Client.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(1, pair.Client.ClosedCount);
        Assert.Equal(TransportError.Aborted, pair.Client.Close.Error);
    }

    [Fact]
    public async Task Dispose_waits_until_the_callback_under_way_is_over()
    {
        await using var pair = await Pair.StartAsync(Engine);
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        pair.Server.OnData = (peer, data) =>
        {
            entered.Set();
            go.Wait();
            return data.Length;
        };
        pair.Client.SendPattern(10);
        await Task.Run(entered.Wait).WaitAsync(Pair.Patience);
        var dispose = pair.Server.Connection.DisposeAsync().AsTask();
        Assert.False(dispose.IsCompleted);
        Assert.Equal(0, pair.Server.ClosedCount);
        go.Set();
        await dispose.WaitAsync(Pair.Patience);
        Assert.Equal(1, pair.Server.ClosedCount);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("fill")]
    [InlineData("end")]
    [InlineData("closed")]
    public async Task An_abort_inside_any_callback_closes_once(string where)
    {
        await using var pair = await Pair.StartAsync(Engine);
        pair.Server.OnData = (peer, data) =>
        {
            AbortIf(peer, where == "received");
            return peer.Check(data);
        };
        pair.Server.OnFill = (peer, batch) =>
        {
            batch.Write(new byte[1000]);
            AbortIf(peer, where == "fill");
            return SendState.Idle;
        };
        pair.Server.OnEnd = peer => AbortIf(peer, where is "end" or "closed");
        pair.Server.OnClosedAction = peer => AbortIf(peer, where == "closed");
        pair.Client.OnData = (_, data) => data.Length;
        pair.Client.SendPattern(10, end: true);
        pair.Server.Connection.RequestSend();
        await pair.Closed();
        Assert.Equal(TransportError.Aborted, pair.Server.Close.Error);
        Assert.Equal(1, pair.Server.ClosedCount);
    }

    [Fact]
    public async Task Aborts_at_random_moments_from_several_threads_give_everything_back()
    {
        var random = new Random(3);
        for (var i = 0; i < 30; i++)
        {
            await using var pair = await Pair.StartAsync(Engine);
            pair.Client.SendPattern(4_000_000);
            pair.Server.SendPattern(4_000_000);
            var spin = random.Next(20_000);
            var threads = new[] { pair.Client, pair.Server, pair.Client }.Select(peer => Task.Run(async () =>
            {
                Thread.SpinWait(spin);
                peer.Connection.Abort();
                peer.Connection.RequestSend();
                peer.Connection.ResumeReceive();
                await peer.Connection.DisposeAsync();
            }));
            await Task.WhenAll(threads).WaitAsync(Pair.Patience);
            await pair.Closed();
            Assert.Equal(1, pair.Client.ClosedCount);
            Assert.Equal(1, pair.Server.ClosedCount);
        }
    }

    [Fact]
    public async Task An_end_with_bytes_that_nobody_read_still_gives_everything_back()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Client.Start();
        pair.Server.Connection.PauseReceive();
        pair.Server.Start();
        pair.Client.SendPattern(100_000, end: true);
        await Pair.Until(() => pair.Client.SentPosition > 0, "sent");
        await pair.Server.Connection.DisposeAsync();
        await pair.Client.Done.Task.WaitAsync(Pair.Patience);
    }

    [Fact]
    public async Task Descriptors_come_back()
    {
        if (!Engine.UsesDescriptors)
        {
            return;
        }

        // The first pair opens what the runtime keeps for good.
        await (await Pair.StartAsync(Engine)).DisposeAsync();
        var before = Descriptors();
        for (var i = 0; i < 50; i++)
        {
            await using var pair = await Pair.StartAsync(Engine);
            pair.Client.SendPattern(1000);
        }

        // Other tests of this process open and close theirs meanwhile: 100 of ours must not be among the rest.
        await Pair.Until(() => Descriptors() < before + 50, "descriptors returned");
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static void AbortIf(Peer peer, bool condition)
    {
        if (condition)
        {
            peer.Connection.Abort();
        }
    }
}
