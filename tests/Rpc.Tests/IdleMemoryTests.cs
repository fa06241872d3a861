using Microsoft.Extensions.Time.Testing;
using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>Memory of clients that make no call, and of what a server has for them.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests
{
    private const int Count = 1000;

    // Of one end: transport and session, which have 2 KiB, and the queue of calls. The kernel's share is not counted.
    private const int MaxBytes = 2048 + 256;

    [Fact]
    public async Task A_client_that_waits_takes_less_than_two_and_a_quarter_kibibytes_on_either_side_and_no_block()
    {
        var time = new FakeTimeProvider();
        using var world = new World(new WorldOptions { TrackBlocks = false, Time = time, DriveTimers = false });
        using var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 1 });
        var session = new SessionOptions { PingAfter = TimeSpan.FromMinutes(10) };
        await using var server = await RpcServer.ListenAsync(
            "tcp://127.0.0.1:0",
            new WorkDispatcher(new Work()),
            new RpcServerOptions { World = world, Transport = transport, Session = session });
        var options = new RpcClientOptions { World = world, Transport = transport, Session = session };
        var clients = new List<RpcClient>(Count + 10);

        // What is made once, and the room for the others, is there after the first few.
        await OpenAsync(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await OpenAsync(Count);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (2 * Count);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        Assert.True(bytes < MaxBytes, $"{bytes} bytes for each end");

        async Task OpenAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var client = await RpcClient.ConnectAsync(server.Address, options);
                clients.Add(client);
                Assert.Equal(i, await new WorkClient(client).RunAsync(i));
            }

            await RealRig.Until(() => world.Blocks.Outstanding == 0, $"{world.Blocks.Outstanding} blocks are out");

            // Twice as far as the sessions look at the clock, and beyond the deadlines of the calls.
            for (var i = 0; i < 8; i++)
            {
                time.Advance(TimeSpan.FromMilliseconds(SessionLimits.MaxLookMilliseconds + 2));
                world.Timers.Advance();
            }
        }
    }
}
