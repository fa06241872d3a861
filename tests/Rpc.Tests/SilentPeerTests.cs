using System.Diagnostics;
using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A caller whose socket nobody reads: the kernel's buffers fill, and then the server waits for it.</summary>
public class SilentPeerTests
{
    private const int Streams = 64;

    // A block for each connection that is received into and one that is sent from, and what a good call holds.
    private const long Slack = 2 * 1024 * 1024;

    // What it says that it takes, so that no credit stops the server before the socket does.
    private static readonly SessionOptions Greedy = new()
    {
        StreamWindowBytes = SessionLimits.MaxWindowBytes, ConnectionWindowBytes = SessionLimits.MaxWindowBytes,
    };

    [Theory]
    [InlineData("tcp")]
    [InlineData("epoll")]
    public async Task Streams_that_nobody_reads_cost_their_bound_and_end_with_their_connection(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme, trackBlocks: false);
        using var elsewhere = new World(new WorldOptions());
        await using var silent = await ConnectAsync(elsewhere, rig.Address);
        var streams = new List<Task>();
        var flows = new FlowsClient(silent);
        silent.Session.Connection.PauseReceive();
        for (var i = 0; i < Streams; i++)
        {
            streams.Add(Assert.ThrowsAsync<RpcException>(async () =>
            {
                await foreach (var item in flows.BytesAsync(int.MaxValue, 1000))
                {
                    _ = item;
                }
            }));
        }

        // A producer waits when so much of it is ahead; then it has at most a batch more, and one that it writes.
        await AssertBoundAsync(rig, Streams * (RpcLimits.ItemBytesAhead + (2L * CoreLimits.LargeBlockBytes)));
        silent.Session.Connection.ResumeReceive();
        await Task.WhenAll(streams);
        await RealRig.Until(() => rig.Flows.Open == 0, "the server's producers have ended");
    }

    [Fact]
    public async Task Answers_that_nobody_reads_cost_their_bound_and_end_with_their_connection()
    {
        await using var rig = await RealRig.StartAsync("epoll", trackBlocks: false);
        using var elsewhere = new World(new WorldOptions());
        await using var silent = await ConnectAsync(elsewhere, rig.Address);
        var work = new WorkClient(silent);
        silent.Session.Connection.PauseReceive();
        var request = new byte[200_000];
        var calls = Enumerable.Range(0, SessionLimits.DefaultMaxStreams).Select(_ => Assert.ThrowsAsync<RpcException>(
            async () => await work.MemoryAsync(request))).ToList();

        // The send queue, the requests that are being put together, and those whose answer is being written.
        await AssertBoundAsync(rig, SessionLimits.MaxQueuedBytes + (2 * SessionLimits.MaxAssemblyBytes * 27 / 10));
        silent.Session.Connection.ResumeReceive();
        await Task.WhenAll(calls);
    }

    private static async Task<RpcClient> ConnectAsync(World world, TransportAddress address) =>
        await RpcClient.ConnectAsync(address, new RpcClientOptions
        {
            World = world, Transport = new SocketTransport(world), Session = Greedy,
        });

    // Others are served until the silent one is cut off, which takes 10 s without progress, or without an answer to a
    // ping; then everything is back.
    private static async Task AssertBoundAsync(RealRig rig, long bound)
    {
        var most = 0L;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; rig.Server.Connections > 1; i++)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(3), "the silent peer is never cut off");
            Assert.Equal(i, await rig.Calls.RunAsync(i));
            most = Math.Max(most, rig.World.Budget.Used);

            // Lets others run; that the server has lost the peer decides, not the time.
            await Task.Delay(1);
        }

        Assert.InRange(most, 1024 * 1024, bound + Slack);
        await RealRig.Until(() => rig.World.Budget.Used < Slack, "its memory is back");
    }
}
