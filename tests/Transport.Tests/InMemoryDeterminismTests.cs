using NetCore.Core;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

public sealed class InMemoryDeterminismTests
{
    [Fact]
    public void One_seed_gives_one_run_on_one_thread()
    {
        var first = Run(1);
        Assert.Equal(first, Run(1));
        Assert.NotEqual(first, Run(2));
    }

    [Fact]
    public void A_used_up_byte_budget_pauses_the_receiver_until_there_is_memory()
    {
        using var world = new TestWorld(byteBudget: CoreLimits.LargeBlockBytes);
        var (client, server) = Connect(world);
        client.SendPattern(100);
        world.Settle();
        Assert.Equal(100, server.Received);

        // The sender gives its block back before the receiver wants one: the hoarder comes between them.
        client.SendPattern(100);
        var hoard = world.World.Blocks.Rent(BlockSize.Large, "hoard");
        world.Advance(TimeSpan.FromMilliseconds(35));
        Assert.Equal(100, server.Received);
        hoard.Release();
        world.Advance(TimeSpan.FromMilliseconds(12));
        Assert.Equal(200, server.Received);
        Close(world, client, server);
    }

    [Fact]
    public void No_memory_for_a_send_batch_is_reported_as_such()
    {
        using var world = new TestWorld(byteBudget: CoreLimits.LargeBlockBytes);
        var (client, server) = Connect(world);
        var hoard = world.World.Blocks.Rent(BlockSize.Large, "hoard");
        client.SendPattern(1);
        world.Settle();
        Assert.Equal(TransportError.OutOfResources, client.Close.Error);
        hoard.Release();
        Close(world, client, server);
    }

    [Fact]
    public void A_dispose_ends_a_wait_for_memory_at_once()
    {
        using var world = new TestWorld(byteBudget: CoreLimits.LargeBlockBytes);
        var (client, server) = Connect(world);
        client.SendPattern(1);
        var hoard = world.World.Blocks.Rent(BlockSize.Large, "hoard");
        world.Settle();
        var dispose = server.Connection.DisposeAsync();
        world.Settle();
        Assert.True(dispose.IsCompleted);
        hoard.Release();
        Close(world, client, server);
    }

    [Fact]
    public void A_flood_lets_other_work_run_between()
    {
        using var world = new TestWorld();
        var (client, server) = Connect(world, new InMemoryOptions { PipeBytes = 2 * 1024 * 1024 });
        server.Connection.PauseReceive();
        client.SendPattern(2 * 1024 * 1024);
        world.Settle();
        Assert.Equal(0, server.Received);
        server.Connection.ResumeReceive();
        Assert.True(world.Executor.RunOne());
        Assert.InRange(server.Received, 1, 1024 * 1024);
        world.Settle();
        Assert.Equal(2 * 1024 * 1024, server.Received);
        Close(world, client, server);
    }

    private static (Peer Client, Peer Server) Connect(TestWorld world, InMemoryOptions? options = null)
    {
        world.Executor.OnlyThread = Environment.CurrentManagedThreadId;
        var transport = new InMemoryTransport(world.World, options);
        Connection? accepted = null;
        _ = Result(transport.ListenAsync("inproc://a", connection => accepted = connection));
        var client = new Peer(Result(transport.ConnectAsync("inproc://a")));
        world.Settle();
        var server = new Peer(accepted!);
        server.Start();
        client.Start();
        world.Settle();
        return (client, server);
    }

    private static T Result<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.Result;
    }

    private static void Close(TestWorld world, params Peer[] peers)
    {
        foreach (var peer in peers)
        {
            var dispose = peer.Connection.DisposeAsync();
            world.Settle();
            Assert.True(dispose.IsCompleted);
            Assert.Empty(peer.Violations);
            Assert.Equal(1, peer.ClosedCount);
        }

        world.AssertBaseline();
    }

    private static string Run(ulong seed)
    {
        using var world = new TestWorld(seed, permute: true);
        var (client, server) = Connect(world, new InMemoryOptions { MaxDeliveryBytes = 500, PipeBytes = 2000 });
        var trace = new System.Text.StringBuilder();
        server.OnData = (peer, data) =>
        {
            trace.Append(data.Length).Append(' ');
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        client.SendPattern(50_000, end: true);
        server.OnEnd = peer => peer.SendPattern(0, end: true);
        world.Settle();
        Assert.Equal(50_000, client.Received);
        Assert.Equal(TransportError.None, client.Close.Error);
        Close(world, client, server);
        return trace.Append(world.Executor.Steps).ToString();
    }
}
