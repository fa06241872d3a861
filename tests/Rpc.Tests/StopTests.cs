using System.Diagnostics.CodeAnalysis;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Stopping, disposing and losing the connection, in each state of a call.</summary>
public class StopTests
{
    private readonly TaskCompletionSource<int> _gate = new();

    [Fact]
    public void A_server_that_stops_answers_what_runs_and_takes_nothing_new()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var running = rig.Calls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var stop = rig.Server.StopAsync(TimeSpan.FromSeconds(5)).AsTask();
        rig.Test.Settle();
        rig.AssertFails(rig.Calls.RunAsync(2).AsTask(), RpcErrorCode.Draining, RpcExecution.NotSent);
        Assert.False(stop.IsCompleted);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(running));
        Assert.Equal(0, rig.Get(stop));
        Assert.Equal(SessionError.None, rig.Get(rig.Client.Closed).Error);
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void A_call_that_is_under_way_when_the_server_stops_is_told_that_it_was_not_executed()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var running = rig.Calls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var stop = rig.Server.StopAsync(TimeSpan.FromSeconds(5)).AsTask();
        var late = rig.Calls.RunAsync(2).AsTask();
        rig.AssertFails(late, RpcErrorCode.Draining, RpcExecution.NotSent);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(running));
        Assert.Equal(0, rig.Get(stop));
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void Stopping_takes_no_longer_than_was_asked_for()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var running = rig.Calls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var stop = rig.Server.StopAsync(TimeSpan.FromSeconds(2)).AsTask();
        rig.Advance(1990);
        Assert.False(stop.IsCompleted);
        rig.Advance(20);
        Assert.Equal(1, rig.Get(stop));
        rig.AssertFails(running, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        _gate.SetResult(7);
    }

    [Fact]
    public void Stopping_twice_waits_for_the_first()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var running = rig.Calls.RunAsync(1).AsTask();
        rig.Test.Settle();
        var first = rig.Server.StopAsync(TimeSpan.FromSeconds(2)).AsTask();
        var second = rig.Server.StopAsync(TimeSpan.FromSeconds(2)).AsTask();
        rig.Test.Settle();
        Assert.False(second.IsCompleted);
        _gate.SetResult(7);
        Assert.Equal([0, 0], new[] { rig.Get(first), rig.Get(second) });
        Assert.Equal(7, rig.Get(running));
    }

    [Fact]
    public void Disposing_the_client_ends_each_call_once_with_what_is_known_of_it()
    {
        using var rig = new SteppedRig(options => options with
        {
            ConcurrencyPerConnection = 1,
            Session = new SessionOptions { MaxStreams = 2 },
        });
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var running = rig.Calls.RunAsync(1).AsTask();
        var sent = rig.Calls.RunAsync(2).AsTask();
        var queued = rig.Calls.RunAsync(3).AsTask();
        rig.Test.Settle();
        rig.Finish(rig.Client.DisposeAsync());
        rig.AssertFails(running, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        rig.AssertFails(sent, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        rig.AssertFails(queued, RpcErrorCode.Unavailable, RpcExecution.NotSent);
        rig.AssertFails(rig.Calls.RunAsync(4).AsTask(), RpcErrorCode.Unavailable, RpcExecution.NotSent);
        _gate.SetResult(1);
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void The_handlers_of_a_connection_that_is_lost_learn_of_it_and_those_of_others_do_not()
    {
        using var rig = new SteppedRig();
        var tokens = new Dictionary<int, CancellationToken>();
        rig.Service.OnRun = (value, cancellation) =>
        {
            tokens[value] = cancellation;
            return new(_gate.Task);
        };
        var lost = rig.Calls.RunAsync(1).AsTask();
        var client = rig.Connect();
        var kept = new WorkClient(client).RunAsync(2).AsTask();
        rig.Test.Settle();
        rig.Client.Session.Abort();
        rig.AssertFails(lost, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        rig.Test.Settle();
        Assert.True(tokens[1].IsCancellationRequested);
        Assert.False(tokens[2].IsCancellationRequested);
        _gate.SetResult(5);
        Assert.Equal(5, rig.Get(kept));
        rig.Finish(client.DisposeAsync());
        Assert.Equal(0, rig.Server.Connections);
    }

    [Fact]
    [SuppressMessage("Usage", "CA2012", Justification = "Both disposals are stepped to their end.")]
    public void A_client_may_be_disposed_twice_and_at_once()
    {
        using var rig = new SteppedRig();
        var first = rig.Client.DisposeAsync();
        var second = rig.Client.DisposeAsync();
        rig.Finish(first);
        rig.Finish(second);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    [InlineData(6UL)]
    [InlineData(7UL)]
    [InlineData(8UL)]
    public void Whatever_order_things_happen_in_every_call_ends_once_when_its_client_is_disposed(ulong seed)
    {
        for (var steps = 0; steps < 40; steps++)
        {
            using var rig = new SteppedRig(SteppedRig.MaxStreams(3), seed: seed, permute: true);
            using var caller = new CancellationTokenSource();
            rig.Service.OnRun = (value, _) => value % 2 == 0 ? new(_gate.Task) : new(value);
            var calls = Enumerable.Range(0, 6).Select(i => rig.Calls.RunAsync(i, caller.Token).AsTask()).ToList();
            for (var i = 0; i < steps && rig.Test.Executor.RunOne(); i++)
            {
            }

            if (steps % 3 == 0)
            {
                caller.Cancel();
            }

            rig.Finish(rig.Client.DisposeAsync());
            rig.Test.Settle();
            Assert.All(calls, call => Assert.True(call.IsCompleted));
            Assert.All(calls.Where(call => call.IsFaulted),
                call => Assert.Equal(RpcErrorCode.Unavailable, rig.Error(call).Code));
            _gate.TrySetResult(2);
        }
    }
}
