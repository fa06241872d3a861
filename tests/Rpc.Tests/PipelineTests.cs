namespace NetCore.Rpc.Tests;

public class PipelineTests
{
    [Fact]
    public void The_invoker_decorator_that_was_added_first_sees_a_call_first()
    {
        using var rig = new SteppedRig();
        var seen = new List<string>();
        var pipeline = new InvokerPipeline()
            .Use(next => new BeforeInvoker(next, () => seen.Add("first")))
            .Use(next => new BeforeInvoker(next, () => seen.Add("second")));
        var invoker = pipeline.Into(rig.Client);
        pipeline.Use(next => new BeforeInvoker(next, () => seen.Add("too late")));
        Assert.Equal(4, rig.Get(new WorkClient(invoker).RunAsync(4)));
        Assert.Equal(["first", "second"], seen);
    }

    [Fact]
    public void The_dispatcher_decorator_that_was_added_first_sees_a_call_first()
    {
        var seen = new List<string>();
        IDispatcher Add(IDispatcher next, string name) => new AroundDispatcher(next, (call, inner) =>
        {
            seen.Add($"{name} {call.Method}");
            return inner.DispatchAsync(call);
        });
        using var rig = new SteppedRig(decorate: target => new DispatcherPipeline()
            .Use(next => Add(next, "first")).Use(next => Add(next, "second")).Into(target));
        Assert.Equal(4, rig.Get(rig.Calls.RunAsync(4)));
        Assert.Equal(["first test.work/Run", "second test.work/Run"], seen);
    }

    [Fact]
    public void A_decorator_may_answer_instead_of_the_handler()
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, (call, _) =>
        {
            call.Fail(RpcErrorCode.Rejected, "not today");
            return default;
        }));
        var error = rig.Error(rig.Calls.RunAsync(4).AsTask());
        Assert.Equal((RpcErrorCode.Rejected, RpcExecution.Executed), (error.Code, error.Execution));
        Assert.Contains("not today", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, rig.Service.Started);
    }

    [Theory]
    [InlineData(RpcExecution.NotSent)]
    [InlineData(RpcExecution.MaybeExecuted)]
    [InlineData(RpcExecution.Executed)]
    public void A_decorator_that_refuses_before_the_request_is_read_says_whether_it_ran(RpcExecution execution)
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, (_, _) =>
            throw new RpcException(RpcErrorCode.Overloaded, "not now", execution)));
        rig.AssertFails(rig.Calls.RunAsync(4).AsTask(), RpcErrorCode.Overloaded, execution);
        Assert.Equal(0, rig.Service.Started);
    }

    [Fact]
    public void What_is_thrown_after_the_request_was_read_counts_as_executed_whatever_it_says()
    {
        var fails = true;
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, async (call, inner) =>
        {
            await inner.DispatchAsync(call);
            throw new RpcException(RpcErrorCode.Overloaded, "after it", RpcExecution.NotSent);
        }));

        // As a call that the handler makes and that was not sent.
        rig.Service.OnRun = (value, _) => fails
            ? throw new RpcException(RpcErrorCode.Unavailable, "elsewhere", RpcExecution.NotSent)
            : new(value);
        rig.AssertFails(rig.Calls.RunAsync(4).AsTask(), RpcErrorCode.Unavailable, RpcExecution.Executed);
        Assert.Equal(1, rig.Service.Started);
        fails = false;
        Assert.Equal(4, rig.Get(rig.Calls.RunAsync(4)));
    }

    [Fact]
    public void A_dispatcher_that_answers_nothing_is_an_error_of_the_server()
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, static (_, _) => default));
        rig.AssertFails(rig.Calls.RunAsync(4).AsTask(), RpcErrorCode.HandlerFailed, RpcExecution.Executed);
    }

    [Fact]
    public void Only_the_first_of_several_answers_counts()
    {
        using var rig = new SteppedRig(decorate: next => new AroundDispatcher(next, async (call, inner) =>
        {
            await inner.DispatchAsync(call);
            call.Reply(Methods.Int, 1000);
            call.Fail(RpcErrorCode.Rejected, "too late");
            throw new InvalidOperationException("too late");
        }));
        Assert.Equal(4, rig.Get(rig.Calls.RunAsync(4)));
    }

    [Fact]
    public void A_router_serves_several_services_and_refuses_one_that_is_given_twice()
    {
        var service = new Work();
        var router = new RpcRouter(new WorkDispatcher(service), new OtherDispatcher(new Other()));
        using var rig = new SteppedRig(decorate: _ => router);
        Assert.Equal(4, rig.Get(rig.Calls.RunAsync(4)));
        Assert.Equal(7, rig.Get(new OtherClient(rig.Client).AddAsync(3, 4)));
        Assert.Equal(1, service.Started);
        var error = Assert.Throws<ArgumentException>(
            () => new RpcRouter(new WorkDispatcher(service), new WorkDispatcher(service)));
        Assert.Contains("test.work/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_handler_leaves_in_its_flow_does_not_reach_the_next_call()
    {
        using var rig = new SteppedRig();
        var flow = new AsyncLocal<int>();
        var seen = new List<int>();
        rig.Service.OnRun = (value, _) =>
        {
            seen.Add(flow.Value);
            flow.Value = value;
            return new(value);
        };
        var calls = Enumerable.Range(1, 3).Select(i => rig.Calls.RunAsync(i).AsTask()).ToList();
        Assert.Equal([1, 2, 3], calls.Select(rig.Get));
        Assert.Equal([0, 0, 0], seen);
    }
}
