using Microsoft.Extensions.Logging;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Callers that go on on the thread that received the answer.</summary>
public class ContinuationTests
{
    private readonly TaskCompletionSource<int> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Answers_of_one_batch_go_on_in_order_and_what_they_call_next_leaves_in_one_send()
    {
        using var rig = SteppedInline();
        var order = new List<int>();
        var before = rig.Client.Session.Connection.Statistics.Sends;
        var calls = Together(rig, 30, async i =>
        {
            Assert.Equal(i, await rig.LaneCalls.RunAsync(i));
            order.Add(i);
            Assert.Equal(-i, await rig.LaneCalls.RunAsync(-i));
        });
        calls.ForEach(call => rig.Finish(new ValueTask(call)));
        Assert.Equal(Enumerable.Range(0, 30), order);
        Assert.Equal(2, rig.Client.Session.Connection.Statistics.Sends - before);
    }

    [Fact]
    public void No_continuation_runs_inside_another_whatever_it_ends()
    {
        using var rig = SteppedInline();
        var depth = 0;
        var deepest = 0;
        void Enter(Action code)
        {
            deepest = Math.Max(deepest, ++depth);
            code();
            depth--;
        }

        // Each answer cancels a pending call, whose continuation makes a call that fails at once.
        var sources = Enumerable.Range(0, 10).Select(_ => new CancellationTokenSource()).ToList();
        var ended = 0;
        foreach (var source in sources)
        {
            rig.Service.OnRun = (_, _) => new(_gate.Task);
            var pending = rig.Calls.RunAsync(1, source.Token).GetAwaiter();
            pending.UnsafeOnCompleted(() => Enter(() =>
            {
                Assert.Throws<OperationCanceledException>(() => pending.GetResult());
                var refused = rig.LaneCalls.SameAsync(new byte[5_000_000]).GetAwaiter();
                refused.UnsafeOnCompleted(() => Enter(() =>
                {
                    Assert.Throws<RpcException>(() => refused.GetResult());
                    ended++;
                }));
            }));
        }

        rig.Test.Settle();
        rig.Client.Session.Connection.HoldSends();
        foreach (var source in sources)
        {
            var answered = rig.LaneCalls.RunAsync(1).GetAwaiter();
            answered.UnsafeOnCompleted(() => Enter(() =>
            {
                answered.GetResult();
                source.Cancel();
            }));
        }

        rig.Client.Session.Connection.ReleaseSends();
        rig.Test.Settle();
        Assert.Equal((10, 1), (ended, deepest));
        _gate.SetResult(1);
        sources.ForEach(source => source.Dispose());
    }

    [Fact]
    public void A_continuation_that_throws_is_logged_and_disturbs_nobody()
    {
        using var rig = SteppedInline();
        var gone = new List<int>();
        rig.Client.Session.Connection.HoldSends();
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            var call = rig.LaneCalls.RunAsync(i).GetAwaiter();
            call.UnsafeOnCompleted(() =>
            {
                gone.Add(call.GetResult());
                if (number == 2)
                {
                    throw new InvalidOperationException("the second");
                }
            });
        }

        rig.Client.Session.Connection.ReleaseSends();
        rig.Test.Settle();
        Assert.Equal([0, 1, 2, 3, 4], gone);
        Assert.True(rig.Log.Contains(LogLevel.Error, "test.lanes/Run"), rig.Log.ToString());
        Assert.Equal(9, rig.Get(rig.LaneCalls.RunAsync(9)));
    }

    [Fact]
    public void What_a_continuation_leaves_in_its_flow_is_not_seen_by_the_next()
    {
        using var rig = SteppedInline();
        var local = new AsyncLocal<int>();
        var seen = new List<int>();
        rig.Client.Session.Connection.HoldSends();
        for (var i = 0; i < 3; i++)
        {
            var call = rig.LaneCalls.RunAsync(i).GetAwaiter();
            call.UnsafeOnCompleted(() =>
            {
                call.GetResult();
                seen.Add(local.Value);
                local.Value = 5;
            });
        }

        rig.Client.Session.Connection.ReleaseSends();
        rig.Test.Settle();
        Assert.Equal([0, 0, 0], seen);
    }

    [Theory]
    [InlineData("deadline")]
    [InlineData("cancellation")]
    [InlineData("loss")]
    public async Task What_ends_outside_of_a_batch_goes_on_on_the_reactor_too(string how)
    {
        await using var rig = await RealRig.StartAsync("epoll", continuations: RpcContinuations.Reactor);
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        using var caller = new CancellationTokenSource();
        var timeout = TimeSpan.FromMilliseconds(how == "deadline" ? 20 : 60_000);
        var calls = new WorkClient(rig.Client, new CallOptions { Timeout = timeout });
        var executor = rig.Client.Session.Connection.Executor;
        var pending = 0;
        var over = Enumerable.Range(0, 3).Select(i => rig.OnReceiverAsync(async () =>
        {
            var call = calls.RunAsync(i, caller.Token);
            Interlocked.Increment(ref pending);
            await Assert.ThrowsAnyAsync<Exception>(async () => await call);
            Assert.True(executor.IsCurrentThread);
        })).ToList();
        await RealRig.Until(() => Volatile.Read(ref pending) == 3, "all calls are made");
        switch (how)
        {
            case "cancellation":
                await caller.CancelAsync();
                break;
            case "loss":
                rig.Client.Session.Abort();
                break;
        }

        await Task.WhenAll(over);
        _gate.SetResult(1);
    }

    [Fact]
    public async Task After_the_reactor_has_gone_calls_fail_as_they_do_elsewhere()
    {
        var rig = await RealRig.StartAsync("epoll", continuations: RpcContinuations.Reactor);
        await rig.DisposeAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(RpcErrorCode.Unavailable, (await RealRig.Error(rig.Calls.RunAsync(i))).Code);
        }
    }

    [Fact]
    public async Task A_caller_whose_calls_fail_at_once_again_and_again_leaves_room_for_others()
    {
        await using var rig = await RealRig.StartAsync(
            "epoll",
            options => options with { Session = new SessionOptions { MaxMessageBytes = 32 * 1024 } },
            continuations: RpcContinuations.Reactor);
        var tooLarge = new byte[40 * 1024];
        var enough = false;
        var failing = rig.OnReceiverAsync(async () =>
        {
            while (!Volatile.Read(ref enough))
            {
                await Assert.ThrowsAsync<RpcException>(async () => await rig.Calls.ArrayAsync(tooLarge));
            }
        });
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i, await rig.Calls.RunAsync(i));
        }

        Volatile.Write(ref enough, true);
        await failing;
    }

    [Fact]
    public async Task A_continuation_that_asks_for_the_result_of_a_pending_call_is_told_not_to()
    {
        await using var rig = await RealRig.StartAsync("epoll", continuations: RpcContinuations.Reactor);
        await rig.OnReceiverAsync(async () =>
        {
            await rig.Calls.RunAsync(1);
            var call = rig.Calls.RunAsync(2);
            var error = Assert.Throws<InvalidOperationException>(() => call.Result);
            Assert.Contains("must never block", error.Message, StringComparison.Ordinal);
            Assert.Equal(2, await call);
        });
    }

    private static SteppedRig SteppedInline() =>
        new(lane: RpcLane.Inline, continuations: RpcContinuations.Reactor);

    private static List<Task> Together(SteppedRig rig, int count, Func<int, Task> call)
    {
        rig.Client.Session.Connection.HoldSends();
        var calls = Enumerable.Range(0, count).Select(call).ToList();
        rig.Client.Session.Connection.ReleaseSends();
        return calls;
    }
}
