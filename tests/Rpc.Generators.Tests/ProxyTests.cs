// CA2012: the invoker of these tests completes at once, and an await would allocate in a debug build.
#pragma warning disable CA2012
namespace NetCore.Rpc.Generators.Tests;

public class ProxyTests
{
    [Fact]
    public void A_call_allocates_nothing_in_the_proxy()
    {
        var sample = new SampleClient(new EmptyInvoker());
        void Round()
        {
            for (var i = 0; i < 100; i++)
            {
                _ = sample.NotAsync(true).Result;
                _ = sample.ValuesAsync(default, DayOfWeek.Monday, default, 0, 1).Result;
                Assert.True(sample.NothingAsync().IsCompletedSuccessfully);
            }
        }

        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_options_of_the_proxy_go_with_each_call()
    {
        var invoker = new EmptyInvoker();
        var options = new CallOptions { Timeout = TimeSpan.FromSeconds(3) };
        _ = new SampleClient(invoker, options).NotAsync(true);
        Assert.Equal(options, invoker.LastOptions);
        Assert.Same(SampleMethods.Not, invoker.LastMethod);
    }

    [Fact]
    public async Task A_pending_call_without_result_ends_as_its_source_does()
    {
        var source = new TaskCompletionSource<Nothing>();
        var ignored = RpcTasks.Ignore(new ValueTask<Nothing>(source.Task));
        Assert.False(ignored.IsCompleted);
        source.SetException(new RpcException(RpcErrorCode.Overloaded, "Later."));
        Assert.Equal(
            RpcErrorCode.Overloaded, (await Assert.ThrowsAsync<RpcException>(() => ignored.AsTask())).Code);
        Assert.True(RpcTasks.Ignore(new ValueTask<Nothing>(default(Nothing))).IsCompletedSuccessfully);
    }

    [Fact]
    public void The_dispatcher_names_its_methods_with_their_properties()
    {
        var methods = new SampleDispatcher(new SampleService()).Methods;
        Assert.Equal(11, methods.Count);
        Assert.All(methods, m => Assert.Equal("NetCore.Rpc.Generators.Tests.ISample", m.Service));
        Assert.Equal("Tell", Assert.Single(methods, m => m.OneWay).Name);
        Assert.Equal("Sum", Assert.Single(methods, m => m.Lane == RpcLane.Inline).Name);
    }

    [Fact]
    public void Only_codecs_with_json_run_outside_of_the_receive_callback()
    {
        Assert.True(SampleMethods.Values.RequestCodec.IsPlain);
        Assert.True(SampleMethods.Leased.RequestCodec.IsPlain);
        Assert.False(SampleMethods.Json.RequestCodec.IsPlain);
        Assert.False(SampleMethods.Json.ResponseCodec.IsPlain);
    }

    [Fact]
    public void A_span_may_change_when_the_proxy_returns_also_where_the_request_is_kept()
    {
        var invoker = new KeepingInvoker();
        byte[] bytes = [1, 2, 3];
        _ = new SampleClient(invoker).SumAsync(5, bytes);
        bytes[0] = 9;
        var request = Assert.IsType<SampleMethods.SumRequest>(invoker.Request);
        Assert.Equal((5, "1 2 3"), (request.Start, string.Join(' ', request.Bytes.ToArray())));
    }

    private sealed class KeepingInvoker : IInvoker
    {
        public object? Request { get; private set; }

        public ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
            RpcMethod<TRequest, TResponse> method,
            TRequest request,
            CallOptions options = default,
            CancellationToken cancellationToken = default)
        {
            Request = request;
            return default;
        }
    }

    private sealed class EmptyInvoker : IInvoker
    {
        public CallOptions LastOptions { get; private set; }

        public RpcMethod? LastMethod { get; private set; }

        public ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
            RpcMethod<TRequest, TResponse> method,
            TRequest request,
            CallOptions options = default,
            CancellationToken cancellationToken = default)
        {
            LastOptions = options;
            LastMethod = method;
            return default;
        }
    }
}
