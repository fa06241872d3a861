using NetCore.Core;

namespace NetCore.Rpc.Tests;

public class CancellationTests
{
    private readonly TaskCompletionSource<int> _gate = new();
    private readonly CancellationTokenSource _caller = new();

    [Fact]
    public void A_call_with_a_cancelled_token_is_not_made_and_its_leases_are_given_back()
    {
        using var rig = new SteppedRig();
        _caller.Cancel();
        AssertCancelled(rig, rig.Calls.RunAsync(1, _caller.Token).AsTask());
        var codec = new HandCodec<LeasedBytes>(
            static (value, writer) => writer.WriteLeased(value), static (ref reader) => reader.ReadLeased());
        var request = LeasedBytes.Copy(rig.Test.World.Blocks, new byte[5000]);
        var call = rig.Client.InvokeAsync(Methods.Make("Lease", codec, codec), request, default, _caller.Token);
        AssertCancelled(rig, call.AsTask());
        Assert.Equal(0, rig.Service.Started);
    }

    [Fact]
    public void A_call_that_waits_at_the_client_is_never_sent()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var first = rig.Calls.RunAsync(1).AsTask();
        var second = rig.Calls.RunAsync(2, _caller.Token).AsTask();
        rig.Test.Settle();
        _caller.Cancel();
        AssertCancelled(rig, second);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(first));
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    [Trait("Wire", "W-83 S")]
    public void A_running_call_ends_at_once_and_the_handler_learns_of_it()
    {
        using var rig = new SteppedRig();
        var token = CancellationToken.None;
        rig.Service.OnRun = (_, cancellation) =>
        {
            token = cancellation;
            return new(_gate.Task);
        };
        var call = rig.Calls.RunAsync(1, _caller.Token).AsTask();
        rig.Test.Settle();
        Assert.False(token.IsCancellationRequested);
        _caller.Cancel();
        AssertCancelled(rig, call);
        rig.Test.Settle();
        Assert.True(token.IsCancellationRequested);
        _gate.SetResult(1);
    }

    [Fact]
    public void A_handler_that_asks_late_gets_a_cancelled_token()
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, async (call, inner) =>
        {
            await _gate.Task;
            await inner.DispatchAsync(call);
        }));
        var cancelled = false;
        rig.Service.OnRun = (_, cancellation) =>
        {
            cancelled = cancellation.IsCancellationRequested;
            return new(1);
        };
        var call = rig.Calls.RunAsync(1, _caller.Token).AsTask();
        rig.Test.Settle();
        _caller.Cancel();
        AssertCancelled(rig, call);
        rig.Test.Settle();
        _gate.SetResult(1);
        rig.Test.Settle();
        Assert.True(cancelled);
    }

    [Fact]
    public void Cancelling_after_the_answer_changes_nothing()
    {
        using var rig = new SteppedRig();
        var call = rig.Calls.RunAsync(5, _caller.Token);
        rig.Test.Settle();
        _caller.Cancel();
        Assert.Equal(5, rig.Get(call));
        Assert.Equal(6, rig.Get(rig.Calls.RunAsync(6)));
    }

    [Fact]
    public void A_caller_whose_clock_is_behind_is_told_of_the_deadline_that_its_handler_has_observed()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = async (_, cancellation) =>
        {
            var cancelled = new TaskCompletionSource();
            await using var registration = cancellation.Register(cancelled.SetResult);
            await cancelled.Task;
            throw new OperationCanceledException(cancellation);
        };
        var raw = new RawClient(rig);
        var stream = raw.Send(RawClient.Request("Run", timeout: 20, 1));
        rig.Advance(25);
        Assert.Equal((RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted), stream.Outcome);
        raw.Close();
    }

    [Fact]
    public void The_token_of_one_call_is_not_cancelled_by_another()
    {
        using var rig = new SteppedRig();
        var tokens = new List<CancellationToken>();
        rig.Service.OnRun = (_, cancellation) =>
        {
            tokens.Add(cancellation);
            return new(_gate.Task);
        };
        var cancelled = rig.Calls.RunAsync(1, _caller.Token).AsTask();
        var other = rig.Calls.RunAsync(2).AsTask();
        rig.Test.Settle();
        _caller.Cancel();
        AssertCancelled(rig, cancelled);
        rig.Test.Settle();
        Assert.Equal([true, false], tokens.Select(token => token.IsCancellationRequested));
        _gate.SetResult(3);
        Assert.Equal(3, rig.Get(other));
        Assert.Equal(3, rig.Get(rig.Calls.RunAsync(3)));
        Assert.False(tokens[2].IsCancellationRequested);
    }

    [Fact]
    public async Task A_token_that_many_calls_share_keeps_no_registration()
    {
        using var world = new World(new WorldOptions { TrackBlocks = false });
        var options = new RpcServerOptions { World = world };
        await using var server = await RpcServer.ListenAsync(
            "inproc://shared", new WorkDispatcher(new Work()), options);
        await using var client = await RpcClient.ConnectAsync("inproc://shared", new() { World = world });
        var calls = new WorkClient(client);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            await Task.Yield();
            for (var i = 0; i < 100_000 / 32; i++)
            {
                await calls.RunAsync(i, _caller.Token);
            }
        }));
        Assert.Equal(0, Registrations(_caller));

        // The watches of the two call queues run out by themselves; of the calls nothing may be left.
        Assert.InRange(Timers(world), 0, 2);
    }

    // Three timers are the sessions' own: both look after themselves, and one after the deadlines of its calls.
    private static int Timers(World world) => world.Timers.Count - 3;

    private static int Registrations(CancellationTokenSource source)
    {
        const System.Reflection.BindingFlags Any = System.Reflection.BindingFlags.NonPublic
            | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance;
        var registrations = typeof(CancellationTokenSource).GetField("_registrations", Any)!.GetValue(source);
        var node = registrations?.GetType().GetField("Callbacks", Any)!.GetValue(registrations);
        var count = 0;
        for (; node is not null; count++)
        {
            node = node.GetType().GetField("Next", Any)!.GetValue(node);
        }

        return count;
    }

    private void AssertCancelled(SteppedRig rig, Task call)
    {
        rig.Test.Settle();
        Assert.True(call.IsCanceled);
        var error = Assert.ThrowsAny<OperationCanceledException>(() => call.GetAwaiter().GetResult());
        Assert.Equal(_caller.Token, error.CancellationToken);
    }
}
