using System.Diagnostics;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>
/// A server and a client in a world that is stepped by hand; disposing checks that nothing is left over.
/// </summary>
internal sealed class SteppedRig : IDisposable
{
    public static readonly TransportAddress Address = TransportAddress.InProcess("rig");

    private readonly RpcContinuations _continuations;
    private readonly SessionOptions _session;

    public SteppedRig(
        Func<RpcServerOptions, RpcServerOptions>? server = null,
        Func<IDispatcher, IDispatcher>? decorate = null,
        ulong seed = 1,
        bool permute = false,
        long byteBudget = 64 * 1024 * 1024,
        RpcLane? lane = null,
        RpcContinuations continuations = RpcContinuations.Pool,
        SessionOptions? session = null)
    {
        // Continuations on a thread with a context would leave for the pool, out of the stepped world.
        SynchronizationContext.SetSynchronizationContext(null);
        Test = new TestWorld(seed, permute, byteBudget, Log);
        Transport = new WatchingTransport(new InMemoryTransport(Test.World));
        _continuations = continuations;
        _session = session ?? SessionOptions.Default;
        var options = new RpcServerOptions
        {
            World = Test.World, Transport = Transport, Lane = lane, Session = _session,
        };
        IDispatcher dispatcher = new RpcRouter(
            new WorkDispatcher(Service), new LanesDispatcher(Lanes), new FlowsDispatcher(Flows));
        Server = Get(RpcServer.ListenAsync(
            Address, decorate?.Invoke(dispatcher) ?? dispatcher, server?.Invoke(options) ?? options));
        Client = Connect();
        Calls = new WorkClient(Client);
        LaneCalls = new LanesClient(Client);
        FlowCalls = new FlowsClient(Client);
    }

    public LogCapture Log { get; } = new();

    public TestWorld Test { get; }

    public Work Service { get; } = new();

    public Lanes Lanes { get; } = new();

    public Flows Flows { get; } = new();

    public WatchingTransport Transport { get; }

    public RpcServer Server { get; }

    public RpcClient Client { get; }

    public WorkClient Calls { get; }

    public LanesClient LaneCalls { get; }

    public IFlows FlowCalls { get; }

    /// <summary>The server's end of the connection of <see cref="Client"/>.</summary>
    public Connection ServerConnection => Transport.Accepted.First();

    /// <summary>Sessions that pass streams of this many, for <see cref="RpcServerOptions"/>.</summary>
    public static Func<RpcServerOptions, RpcServerOptions> MaxStreams(int count) =>
        options => options with { Session = new SessionOptions { MaxStreams = count } };

    public RpcClient Connect(IDispatcher? services = null) =>
        Get(RpcClient.ConnectAsync(Address, new RpcClientOptions
        {
            World = Test.World, Continuations = _continuations, Session = _session, Services = services,
        }));

    public WorkClient With(int timeoutMilliseconds) =>
        new(Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(timeoutMilliseconds) });

    public void Advance(int milliseconds) => Test.Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Steps the world, its clock standing still, until the task has ended, and gives its result.</summary>
    public T Get<T>(ValueTask<T> task) => Get(task.AsTask());

    public T Get<T>(Task<T> task)
    {
        Finish(task);
        return task.GetAwaiter().GetResult();
    }

    public void Finish(ValueTask task)
    {
        var ended = task.AsTask();
        Finish(ended);
        ended.GetAwaiter().GetResult();
    }

    /// <summary>The error of a call that has ended, or ends now.</summary>
    public RpcException Error(Task task)
    {
        Finish(task);
        return Assert.IsType<RpcException>(task.Exception?.InnerException);
    }

    public void AssertFails(Task task, RpcErrorCode code, RpcExecution execution)
    {
        var error = Error(task);
        Assert.Equal((code, execution), (error.Code, error.Execution));
    }

    public void Dispose()
    {
        Finish(Client.DisposeAsync());
        Finish(Server.DisposeAsync());
        Test.Settle();

        // The watch of a call queue is not cancelled: it finds nothing to do and is gone.
        Test.Advance(TimeSpan.FromMilliseconds(10));
        Test.AssertBaseline();
        Test.Dispose();
    }

    private void Finish(Task task)
    {
        var started = Stopwatch.GetTimestamp();
        while (!task.IsCompleted)
        {
            Test.Settle();
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(90))
            {
                throw new TimeoutException("The world is quiet and the task has not ended.");
            }
        }
    }
}
