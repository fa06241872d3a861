using Microsoft.Extensions.Time.Testing;
using NetCore.Core;
using NetCore.Rpc.Peer;
using NetCore.Session;
using NetCore.Testing.Shared;

namespace NetCore.Rpc.Tests;

/// <summary>Servers in real processes that die, freeze or talk nonsense while a call runs.</summary>
public class PeerProcessTests
{
    [Fact]
    public async Task A_server_that_is_killed_ends_its_calls_at_once()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        using var peer = Start();
        using var bystander = Start();
        await using var client = await ConnectAsync(world, peer);
        await using var other = await ConnectAsync(world, bystander);
        var hanging = new PeerClient(client).HangAsync().AsTask();
        Assert.Equal(1, await new PeerClient(client).EchoAsync(1));
        peer.Kill();
        var error = await Assert.ThrowsAsync<RpcException>(() => hanging);
        Assert.Equal((RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted), (error.Code, error.Execution));
        var next = await Assert.ThrowsAsync<RpcException>(async () => await new PeerClient(client).EchoAsync(1));
        Assert.Equal((RpcErrorCode.Unavailable, RpcExecution.NotSent), (next.Code, next.Execution));
        Assert.Equal(2, await new PeerClient(other).EchoAsync(2));
    }

    [Fact]
    public async Task A_server_that_freezes_lets_a_call_end_at_its_deadline_and_is_found_out()
    {
        // Virtual time: a machine may take any time to freeze a process, or to let the other live.
        var time = new FakeTimeProvider();
        using var world = new World(new WorldOptions { TrackBlocks = true, Time = time, DriveTimers = false });
        using var others = new World(new WorldOptions { TrackBlocks = true });
        using var peer = Start();
        using var bystander = Start();
        await using var client = await ConnectAsync(world, peer);
        await using var other = await ConnectAsync(others, bystander);
        Assert.Equal(1, await new PeerClient(client).EchoAsync(1));
        peer.Freeze();
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        var early = new PeerClient(client, options).EchoAsync(2).AsTask();
        var patient = new CallOptions { Timeout = TimeSpan.FromMinutes(10) };
        var late = new PeerClient(client, patient).EchoAsync(3).AsTask();
        Pass(201);
        var deadline = await Assert.ThrowsAsync<RpcException>(() => early);
        Assert.Equal((RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted), (deadline.Code, deadline.Execution));
        Assert.False(late.IsCompleted);
        await RealRig.Until(
            () =>
            {
                Pass(10);
                return client.Closed.IsCompleted;
            },
            "it is taken for dead");
        var lost = await Assert.ThrowsAsync<RpcException>(() => late);
        Assert.Equal((RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted), (lost.Code, lost.Execution));
        Assert.Equal(SessionError.PeerDead, (await client.Closed).Error);
        Assert.Equal(4, await new PeerClient(other).EchoAsync(4));

        void Pass(int milliseconds)
        {
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            world.Timers.Advance();
        }
    }

    [Fact]
    public async Task A_server_that_sends_garbage_ends_its_calls_with_a_broken_protocol()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        using var peer = Start("poison");
        using var bystander = Start();
        await using var client = await ConnectAsync(world, peer);
        await using var other = await ConnectAsync(world, bystander);
        Assert.Equal(1, await new PeerClient(client).EchoAsync(1));
        var hanging = new PeerClient(client).HangAsync().AsTask();
        var poison = new PeerClient(client).PoisonAsync().AsTask();
        foreach (var call in new[] { hanging, poison })
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal((RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted), (error.Code, error.Execution));
        }

        Assert.True((await client.Closed).Error is SessionError.BadFrame or SessionError.FrameTooLarge);
        Assert.Equal(4, await new PeerClient(other).EchoAsync(4));
    }

    private static PeerProcess Start(params string[] arguments) =>
        PeerProcess.Start("NetCore.Rpc.Peer", arguments);

    private static async Task<RpcClient> ConnectAsync(World world, PeerProcess peer) => await RpcClient.ConnectAsync(
        $"tcp://127.0.0.1:{peer.Port}", new RpcClientOptions { World = world });
}
