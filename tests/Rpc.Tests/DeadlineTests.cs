namespace NetCore.Rpc.Tests;

/// <summary>Deadlines in virtual time. A timer fires at its millisecond or up to two later, never before.</summary>
public class DeadlineTests
{
    private readonly TaskCompletionSource<int> _gate = new();

    [Fact]
    public void A_call_that_runs_at_its_deadline_ends_exactly_then_and_may_have_been_executed()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var call = rig.With(100).RunAsync(1).AsTask();
        rig.Advance(99);
        Assert.False(call.IsCompleted);
        Assert.Equal(1, rig.Service.Started);
        rig.Advance(3);
        Assert.True(call.IsCompleted);
        rig.AssertFails(call, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        _gate.SetResult(1);
    }

    [Fact]
    public void The_deadline_cancels_the_token_of_the_handler_even_when_the_caller_tells_nothing()
    {
        using var rig = new SteppedRig();
        var token = CancellationToken.None;
        rig.Service.OnRun = (_, cancellation) =>
        {
            token = cancellation;
            return new(_gate.Task);
        };
        var raw = new RawClient(rig);
        raw.Send(RawClient.Request("Run", timeout: 50, 1));
        rig.Advance(49);
        Assert.True(token.CanBeCanceled);
        Assert.False(token.IsCancellationRequested);
        rig.Advance(3);
        Assert.True(token.IsCancellationRequested);
        _gate.SetResult(1);
        raw.Close();
    }

    [Fact]
    public void A_call_that_still_waits_at_the_client_ends_unsent_and_is_never_executed()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var first = rig.Calls.RunAsync(1).AsTask();
        var second = rig.With(100).RunAsync(2).AsTask();
        rig.Advance(102);
        rig.AssertFails(second, RpcErrorCode.DeadlineExceeded, RpcExecution.NotSent);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(first));
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void A_call_that_waits_at_the_server_may_count_as_executed_but_is_dropped()
    {
        using var rig = new SteppedRig(options => options with { ConcurrencyPerConnection = 1 });
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var first = rig.Calls.RunAsync(1).AsTask();
        var second = rig.With(100).RunAsync(2).AsTask();
        rig.Advance(102);
        rig.AssertFails(second, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        _gate.SetResult(7);
        Assert.Equal(7, rig.Get(first));
        rig.Test.Settle();
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void Expired_work_is_answered_without_being_decoded()
    {
        var dispatched = 0;
        using var rig = new SteppedRig(
            options => options with { ConcurrencyPerConnection = 1 },
            next => new AroundDispatcher(next, (call, inner) =>
            {
                dispatched++;
                return inner.DispatchAsync(call);
            }));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var raw = new RawClient(rig);
        raw.Send(RawClient.Request("Run", timeout: 1000, 1));
        var expired = raw.Send(RawClient.Request("Run", timeout: 50, 2));
        rig.Advance(60);
        Assert.Null(expired.Response);
        _gate.SetResult(1);
        rig.Test.Settle();
        Assert.Equal((RpcErrorCode.DeadlineExceeded, RpcExecution.NotSent), expired.Outcome);
        Assert.Equal(1, dispatched);
        raw.Close();
    }

    [Fact]
    public void The_server_learns_the_time_that_is_left_when_the_request_is_sent()
    {
        var left = new List<TimeSpan>();
        using var rig = new SteppedRig(SteppedRig.MaxStreams(1), next => new AroundDispatcher(next, (call, inner) =>
        {
            left.Add(call.TimeLeft);
            return inner.DispatchAsync(call);
        }));
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var first = rig.With(1000).RunAsync(1).AsTask();
        var second = rig.With(1000).RunAsync(2).AsTask();
        rig.Advance(300);
        _gate.SetResult(7);
        Assert.Equal([7, 7], new[] { rig.Get(first), rig.Get(second) });
        Assert.Equal(TimeSpan.FromMilliseconds(1000), left[0]);
        Assert.InRange(left[1].TotalMilliseconds, 698, 700);
    }

    [Fact]
    public void A_call_without_a_deadline_has_the_default_of_the_client()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var call = rig.Calls.RunAsync(1).AsTask();
        rig.Advance(29_990);
        Assert.False(call.IsCompleted);
        rig.Advance(20);
        rig.AssertFails(call, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        _gate.SetResult(1);
    }

    [Fact]
    public void A_late_answer_reaches_nobody()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var late = rig.With(10).RunAsync(1).AsTask();
        rig.Advance(12);
        rig.AssertFails(late, RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted);
        rig.Service.OnRun = (value, _) => new(value);
        var next = rig.Calls.RunAsync(2).AsTask();
        _gate.SetResult(1);
        Assert.Equal(2, rig.Get(next));
    }

    [Fact]
    public void The_error_of_a_missed_deadline_names_the_option_and_its_value()
    {
        using var rig = new SteppedRig();
        rig.Service.OnRun = (_, _) => new(_gate.Task);
        var error = rig.With(123).RunAsync(1).AsTask();
        rig.Advance(125);
        Assert.Contains("123 ms of CallOptions.Timeout", rig.Error(error).Message, StringComparison.Ordinal);
        _gate.SetResult(1);
    }

    [Theory]
    [InlineData(-1, "CallOptions.Timeout cannot be Timeout.InfiniteTimeSpan", "set RpcLimits.MaxTimeout (24 h)")]
    [InlineData(86_400_001, "CallOptions.Timeout cannot be 1.00:00:00.001", "set RpcLimits.MaxTimeout (24 h)")]
    [InlineData(0, "CallOptions.Timeout cannot be 00:00:00", "Leave CallOptions.Timeout out")]
    [InlineData(-2, "CallOptions.Timeout cannot be -00:00:00.002", "set 1 ms at least")]
    public void A_time_that_no_call_can_have_is_refused_with_what_to_set(int milliseconds, string what, string hint)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { Timeout = timeout });
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => new RpcClientOptions { DefaultTimeout = timeout });
        Assert.StartsWith("RpcClientOptions.DefaultTimeout cannot be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { Timeout = TimeSpan.FromMicroseconds(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { Timeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { Timeout = TimeSpan.FromHours(25) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RpcClientOptions { DefaultTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RpcServerOptions { ConcurrencyPerConnection = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RpcServerOptions { MaxConnections = 0 });
        Assert.Equal(TimeSpan.FromHours(24), new CallOptions { Timeout = RpcLimits.MaxTimeout }.Timeout);
    }
}
