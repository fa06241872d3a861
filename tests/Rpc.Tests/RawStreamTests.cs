using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>Calls with items without an enumeration.</summary>
public class RawStreamTests
{
    [Fact]
    public void Messages_go_both_ways_until_the_caller_completes_and_the_handler_answers()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next));
        var stream = Open(rig);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(rig.Get(stream.WriteAsync(Flows.Item(i, i))));
            Assert.True(rig.Get(stream.ReadAsync()));
            Assert.True(stream.Current.Span.SequenceEqual(Flows.Item(i, i)));
        }

        stream.CompleteWriting();
        Assert.False(rig.Get(stream.ReadAsync()));
        rig.Finish(stream.DisposeAsync());
        Assert.Equal(0, rig.Client.Session.OpenStreams);
    }

    [Fact]
    public void What_is_written_goes_out_also_when_nobody_flushes()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next));
        var stream = Open(rig);
        Assert.True(rig.Get(stream.WriteAsync(new byte[] { 1 })));
        rig.Test.Settle();
        var read = stream.ReadAsync();
        Assert.True(read.IsCompletedSuccessfully && read.Result);
        rig.Finish(stream.DisposeAsync());
    }

    [Fact]
    public void After_the_end_of_the_call_a_write_is_not_taken_and_a_read_says_why()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next));
        var stream = Open(rig);
        rig.ServerConnection.Abort();
        rig.Test.Settle();
        Assert.False(rig.Get(stream.WriteAsync(new byte[] { 1 })));
        rig.AssertFails(stream.ReadAsync().AsTask(), RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        rig.Finish(stream.DisposeAsync());
    }

    [Fact]
    public void A_cancelled_call_ends_the_waits_of_both_halves()
    {
        using var rig = new SteppedRig(decorate: next => new Silent(next));
        using var cancel = new CancellationTokenSource();
        var stream = rig.Client.OpenStream(FlowsMethods.Echo, NothingCodec.Instance, default, default, cancel.Token);
        var read = stream.ReadAsync().AsTask();
        Task<bool> write;
        do
        {
            write = stream.WriteAsync(new byte[10_000]).AsTask();
            rig.Test.Settle();
        }
        while (write.IsCompleted);

        cancel.Cancel();
        rig.Test.Settle();
        Assert.True(read.IsCanceled);
        Assert.False(rig.Get(write));
        rig.Finish(stream.DisposeAsync());
        Assert.Equal(0, rig.Client.Session.OpenStreams);
    }

    [Fact]
    public void A_second_read_or_a_write_after_the_end_is_a_mistake()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next));
        var stream = Open(rig);
        var read = stream.ReadAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => { _ = stream.ReadAsync(); });
        stream.CompleteWriting();
        Assert.Throws<InvalidOperationException>(() => { _ = stream.WriteAsync(new byte[1]); });
        Assert.False(rig.Get(read));
        rig.Finish(stream.DisposeAsync());
        Assert.Throws<ArgumentException>(() => rig.Client.OpenStream(
            WorkMethods.Run, WorkMethods.Run.RequestCodec, 1));
    }

    [Fact]
    public void A_leased_item_after_the_end_is_refused_and_given_back()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next));
        var stream = Open(rig);
        stream.CompleteWriting();
        var item = LeasedBytes.Copy(rig.Test.World.Blocks, new byte[100]);
        Assert.Throws<InvalidOperationException>(() => { _ = stream.WriteAsync(new Leased(), item); });
        rig.Finish(stream.DisposeAsync());
    }

    [Fact]
    public void A_leased_item_for_which_there_is_no_memory_is_refused_and_given_back()
    {
        using var rig = new SteppedRig(decorate: next => new RawEcho(next), byteBudget: 1024 * 1024);
        var stream = Open(rig);
        var item = LeasedBytes.Copy(rig.Test.World.Blocks, new byte[5000]);

        // After a batch that was more than half full the next one begins with a block for a whole frame.
        for (var i = 0; i < 27; i++)
        {
            Assert.True(rig.Get(stream.WriteAsync(new byte[1000])));
        }

        rig.Test.Settle();
        var all = new List<Block>();
        foreach (var size in new[] { BlockSize.Large, BlockSize.Medium, BlockSize.Small })
        {
            while (rig.Test.World.Blocks.TryRent(size, "test", out var block))
            {
                all.Add(block);
            }
        }

        var write = stream.WriteAsync(new Leased(), item).AsTask();
        rig.AssertFails(write, RpcErrorCode.OutOfMemoryBudget, RpcExecution.MaybeExecuted);
        all.ForEach(static block => block.Release());
        Assert.True(rig.Get(stream.WriteAsync(new byte[] { 1 })));
        rig.Finish(stream.DisposeAsync());
    }

    private static RpcStream Open(SteppedRig rig) =>
        rig.Client.OpenStream(FlowsMethods.Echo, NothingCodec.Instance, default);

    private sealed class Leased : IMessageCodec<LeasedBytes>
    {
        public bool IsPlain => true;

        public void Encode(in LeasedBytes value, RpcWriter writer) => writer.WriteLeased(value);

        public LeasedBytes Decode(ref RpcReader reader) => reader.ReadLeased();
    }

    private sealed class RawEcho(IDispatcher next) : IDispatcher
    {
        public IReadOnlyList<RpcMethod> Methods => next.Methods;

        public async ValueTask DispatchAsync(IncomingCall call)
        {
            while (await call.Stream!.ReadAsync())
            {
                await call.Stream.WriteAsync(call.Stream.Current);
            }

            call.Reply(NothingCodec.Instance, default);
        }
    }

    private sealed class Silent(IDispatcher next) : IDispatcher
    {
        public IReadOnlyList<RpcMethod> Methods => next.Methods;

        public async ValueTask DispatchAsync(IncomingCall call)
        {
            var over = new TaskCompletionSource();
            await using var registration = call.CancellationToken.Register(over.SetResult);
            await over.Task;
        }
    }
}
