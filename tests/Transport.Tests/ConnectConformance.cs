namespace NetCore.Transport.Tests;

/// <summary>Making connections and listeners, and not being able to.</summary>
public abstract class ConnectConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task Nobody_listens()
    {
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Engine.Transport.ConnectAsync(Engine.DeadAddress()));
        Assert.Equal(TransportError.Refused, error.Error);
        Assert.Contains("(Refused).", error.Message, StringComparison.Ordinal);
        if (Engine.DeadAddress().Scheme == TransportScheme.Unix)
        {
            Assert.Contains(
                "failed: No such file or directory (Refused). Nobody", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cancelled_attempt_throws_as_cancelled()
    {
        await using var listener = await Engine.Transport.ListenAsync(Engine.NewAddress(), Drop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Engine.Transport.ConnectAsync(listener.Address, cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public async Task A_taken_address_is_refused_and_free_again_after_dispose()
    {
        var kept = new List<Connection>();
        var listener = await Engine.Transport.ListenAsync(Engine.NewAddress(), Drop);
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Engine.Transport.ListenAsync(listener.Address, Drop));
        Assert.Equal(TransportError.AddressInUse, error.Error);
        Assert.Contains("(AddressInUse).", error.Message, StringComparison.Ordinal);
        await listener.DisposeAsync();
        await listener.DisposeAsync();
        await using var again = await Engine.Transport.ListenAsync(listener.Address, kept.Add);
        await using var client = await Engine.Transport.ConnectAsync(listener.Address);
        await Pair.Until(() => kept.Count == 1, "accepted");
        await kept[0].DisposeAsync();
    }

    [Fact]
    public async Task An_accept_callback_that_throws_loses_that_connection_only()
    {
        var first = true;
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await Engine.Transport.ListenAsync(Engine.NewAddress(), connection =>
        {
            if (first)
            {
                first = false;
                throw new InvalidOperationException("mine");
            }

            accepted.SetResult(connection);
        });
        try
        {
            await using var lost = await Engine.Transport.ConnectAsync(listener.Address);
            var peer = new Peer(lost) { OnEnd = one => one.SendPattern(0, end: true) };
            peer.Start();
            await peer.Done.Task.WaitAsync(Pair.Patience);
        }
        catch (TransportException exception) when (exception.Error == TransportError.Reset)
        {
            // The reset was there before the connect had looked.
        }

        await using var kept = await Engine.Transport.ConnectAsync(listener.Address);
        await using var server = await accepted.Task.WaitAsync(Pair.Patience);
    }

    [Fact]
    public async Task A_foreign_scheme_is_not_supported()
    {
        TransportAddress foreign = Engine.NewAddress().Scheme == TransportScheme.InProcess
            ? "tcp://127.0.0.1:1" : "inproc://x";
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Engine.Transport.ConnectAsync(foreign));
        Assert.Equal(TransportError.AddressNotSupported, error.Error);
    }

    [Fact]
    public async Task Dispose_of_a_listener_races_with_connects_and_nothing_is_left()
    {
        for (var i = 0; i < 40; i++)
        {
            var accepted = new List<Connection>();
            var listener = await Engine.Transport.ListenAsync(Engine.NewAddress(), connection =>
            {
                lock (accepted)
                {
                    accepted.Add(connection);
                }
            });
            var connects = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                try
                {
                    await using var client = await Engine.Transport.ConnectAsync(listener.Address);
                }
                catch (TransportException)
                {
                    // Refused or reset, as it happens.
                }
            })).ToArray();
            await listener.DisposeAsync();
            await Task.WhenAll(connects).WaitAsync(Pair.Patience);
            foreach (var connection in accepted)
            {
                await connection.DisposeAsync();
            }
        }

        Assert.Equal(0, Engine.World.Blocks.Outstanding);
    }

    private static void Drop(Connection connection) => _ = connection.DisposeAsync().AsTask();
}
