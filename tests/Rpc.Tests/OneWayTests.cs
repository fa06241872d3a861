using Microsoft.Extensions.Logging;

namespace NetCore.Rpc.Tests;

/// <summary>Calls that nobody waits for: what was taken is not lost, and what is late is not sent.</summary>
public class OneWayTests
{
    private readonly TaskCompletionSource<int> _gate = new();

    [Fact]
    public void Disposing_the_client_at_once_drops_no_one_way_call_that_was_taken()
    {
        // One at a time: the others still wait at the client when it is disposed.
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        var seen = new List<int>();
        rig.Service.OnNote = seen.Add;
        for (var i = 0; i < 5; i++)
        {
            Assert.True(rig.Calls.NoteAsync(i).IsCompletedSuccessfully);
        }

        rig.Finish(rig.Client.DisposeAsync());
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public void One_way_calls_that_the_server_does_not_finish_hold_the_dispose_for_a_second_only()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var call = rig.Calls.RunAsync(1).AsTask();
        Assert.True(rig.Calls.NoteAsync(2).IsCompletedSuccessfully);
        var closing = rig.Client.DisposeAsync().AsTask();
        rig.Advance(990);
        Assert.False(closing.IsCompleted);
        rig.Advance(20);
        Assert.True(closing.IsCompletedSuccessfully);
        rig.AssertFails(call, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        _gate.SetResult(1);
    }

    [Fact]
    public void A_one_way_call_that_waits_for_its_turn_until_its_deadline_is_dropped_and_logged()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var call = rig.Calls.RunAsync(1).AsTask();
        Assert.True(rig.With(100).NoteAsync(2).IsCompletedSuccessfully);
        Assert.True(rig.With(1000).NoteAsync(3).IsCompletedSuccessfully);
        rig.Advance(99);
        Assert.False(rig.Log.Contains(LogLevel.Warning, "test.work/Note"));
        rig.Advance(3);
        Assert.True(rig.Log.Contains(LogLevel.Warning, "test.work/Note"), rig.Log.ToString());

        _gate.SetResult(1);
        Assert.Equal(1, rig.Get(call));
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Notes);
        Assert.Single(rig.Log.Lines, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public void A_one_way_call_that_was_sent_goes_on_at_the_server_after_its_deadline()
    {
        using var rig = new SteppedRig();
        var done = false;
        rig.Service.OnRun = async (value, _) =>
        {
            await _gate.Task;
            done = true;
            return value;
        };
        var method = Methods.Make("Run", WorkMethods.Run.RequestCodec, WorkMethods.Run.ResponseCodec, oneWay: true);
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        Assert.True(rig.Client.InvokeAsync(method, 1, options).IsCompletedSuccessfully);
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Started);
        rig.Advance(100);
        Assert.Equal(1, rig.Client.Session.OpenStreams);
        _gate.SetResult(1);
        rig.Test.Settle();
        Assert.True(done);
        Assert.Equal(0, rig.Client.Session.OpenStreams);
        Assert.DoesNotContain(rig.Log.Lines, line => line.Level == LogLevel.Warning);
    }
}
