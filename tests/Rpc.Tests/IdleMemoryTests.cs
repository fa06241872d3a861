using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>Memory of clients that make no call, and of what a server has for them.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests
{
    private const int Count = 1000;

    // Of one end: transport, session and what calls add to it. The kernel's share is not counted.
    private const int MaxBytes = 6 * 1024;

    [Fact]
    public async Task A_connection_with_a_session_that_waits_takes_less_than_six_kibibytes_and_no_block()
    {
        using var world = new World(new WorldOptions { TrackBlocks = false });
        using var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 1 });
        await using var server = await RpcServer.ListenAsync(
            "tcp://127.0.0.1:0",
            new WorkDispatcher(new Work()),
            new RpcServerOptions { World = world, Transport = transport });
        var options = new RpcClientOptions { World = world, Transport = transport };
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
        }
    }
}
