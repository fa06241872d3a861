using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>A transport that is disposed while somebody still uses it.</summary>
public sealed class EpollDisposeTests
{
    [Fact]
    public async Task A_connection_that_is_started_after_its_reactor_has_ended_is_told_of_its_close()
    {
        using var world = new World(new WorldOptions());
        var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 1 });
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = await transport.ListenAsync("tcp://127.0.0.1:0", accepted.SetResult);
        var client = await transport.ConnectAsync(listener.Address);
        var server = await accepted.Task.WaitAsync(Pair.Patience);
        await listener.DisposeAsync();
        await server.DisposeAsync();
        await client.DisposeAsync();
        transport.Dispose();
        var late = new Peer(client).Start();
        await late.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(1, late.ClosedCount);
    }

    [Fact]
    public async Task A_disposed_transport_says_so()
    {
        using var world = new World(new WorldOptions());
        var transport = new EpollTransport(world);
        transport.Dispose();
        transport.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await transport.ConnectAsync("tcp://127.0.0.1:1"));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await transport.ListenAsync("tcp://127.0.0.1:0", static _ => { }));
    }

    [Fact]
    public async Task A_connect_that_races_with_the_dispose_ends()
    {
        using var world = new World(new WorldOptions());

        // The time limit of a connect would hide one that nobody serves.
        var patient = new ConnectOptions { Timeout = Pair.Patience * 2 };
        for (var round = 0; round < 100; round++)
        {
            var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 2 });
            using var begin = new Barrier(2);
            var connect = Task.Run(async () =>
            {
                begin.SignalAndWait();
                for (var i = 0; i < 3; i++)
                {
                    await Assert.ThrowsAnyAsync<Exception>(
                        async () => await transport.ConnectAsync("tcp://127.0.0.1:1", patient));
                }
            });
            begin.SignalAndWait();
            Thread.SpinWait(round % 50 * 50);
            transport.Dispose();

            await connect.WaitAsync(Pair.Patience);
        }

        Assert.Equal(0, world.Timers.Count);
    }
}
