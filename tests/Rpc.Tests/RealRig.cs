using System.Diagnostics;
using NetCore.Core;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;
using NetCore.Transport.Internal;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

/// <summary>A server and a client on the thread pool and the system's clock.</summary>
/// <remarks>Disposing checks that all memory is back.</remarks>
internal sealed class RealRig : IAsyncDisposable
{
    private static int _names;

    private readonly string? _folder;
    private readonly ITransport _transport;
    private readonly PolledReactor? _app;

    private RealRig(string scheme, bool trackBlocks, int reactors, WaitPolicy wait, RingVariant? ring)
    {
        var world = new WorldOptions { TrackBlocks = trackBlocks, LoggerFactory = Log };
        _app = scheme is "app" or "app-uring"
            ? new PolledReactor(world, wait, scheme == "app" ? TransportEngine.Auto : TransportEngine.Uring) : null;
        World = _app?.World ?? new World(world);
        _folder = scheme is "unix" or "epoll-unix" or "uring-unix"
            ? Directory.CreateTempSubdirectory("nct").FullName : null;
        _transport = scheme switch
        {
            "tcp" or "unix" => new SocketTransport(World),
            "epoll" or "epoll-unix" => new EpollTransport(
                World, new EpollTransportOptions { Reactors = reactors, Wait = wait }),
            "uring" or "uring-unix" or "uring-single" => Rings.Create(
                World,
                new UringTransportOptions
                {
                    Reactors = reactors, Wait = wait, MultishotReceive = scheme != "uring-single",
                },
                ring),
            "inproc" => new InMemoryTransport(World),
            "app" or "app-uring" => _app!.Transport,
            _ => Transports.Create(World),
        };
        Transport = new WatchingTransport(_transport);
        Address = scheme switch
        {
            "tcp" or "epoll" or "uring" or "uring-single" or "app" or "app-uring" or "default" => "tcp://127.0.0.1:0",
            "unix" or "epoll-unix" or "uring-unix" => TransportAddress.Unix($"{_folder}/s.sock"),
            _ => TransportAddress.InProcess($"real{Interlocked.Increment(ref _names)}"),
        };
    }

    public World World { get; }

    public LogCapture Log { get; } = new();

    public Work Service { get; } = new();

    public Lanes Lanes { get; } = new();

    /// <summary>The server's.</summary>
    public WatchingTransport Transport { get; }

    public TransportAddress Address { get; private set; }

    public RpcServer Server { get; private set; } = null!;

    public RpcClient Client { get; private set; } = null!;

    public WorkClient Calls { get; private set; } = null!;

    public Flows Flows { get; } = new();

    public IFlows FlowCalls { get; private set; } = null!;

    public ILanes LaneCalls { get; private set; } = null!;

    private RpcContinuations Continuations { get; init; }

    private IReadOnlyList<Reactor> Reactors => Reacting?.Reactors ?? [];

    private ReactorTransport? Reacting => _transport as ReactorTransport;

    /// <summary>Starts a server and connects a client.</summary>
    /// <param name="scheme">
    /// <c>inproc</c>; <c>tcp</c> or <c>unix</c> over sockets; <c>epoll</c> (TCP) or <c>epoll-unix</c>; <c>default</c>,
    /// TCP over what is chosen for who names no transport; <c>app</c>, which is epoll on a reactor of the application;
    /// <c>uring</c>, <c>uring-unix</c> and <c>app-uring</c>, the same over io_uring; <c>uring-single</c>, TCP with a
    /// request for each receive.
    /// </param>
    /// <param name="server">Changes the server's options.</param>
    /// <param name="trackBlocks">Whether the misuse of blocks is found.</param>
    /// <param name="continuations">Where the callers of all clients go on.</param>
    /// <param name="reactors">Reactors of the epoll engine, which serve both sides.</param>
    /// <param name="decorate">Wraps the server's dispatcher.</param>
    /// <param name="wait">What a reactor does while nothing is ready; other engines have no choice.</param>
    /// <param name="ring">How a ring is set up, where it is not as for everybody.</param>
    public static async Task<RealRig> StartAsync(
        string scheme,
        Func<RpcServerOptions, RpcServerOptions>? server = null,
        bool trackBlocks = true,
        RpcContinuations continuations = RpcContinuations.Pool,
        int reactors = 1,
        Func<IDispatcher, IDispatcher>? decorate = null,
        WaitPolicy wait = WaitPolicy.Blocking,
        RingVariant? ring = null)
    {
        var rig = new RealRig(scheme, trackBlocks, reactors, wait, ring) { Continuations = continuations };
        var options = new RpcServerOptions { World = rig.World, Transport = rig.Transport };
        IDispatcher dispatcher = new RpcRouter(
            new WorkDispatcher(rig.Service), new OtherDispatcher(new Other()), new LanesDispatcher(rig.Lanes),
            new FlowsDispatcher(rig.Flows));
        dispatcher = decorate?.Invoke(dispatcher) ?? dispatcher;
        rig.Server = await RpcServer.ListenAsync(rig.Address, dispatcher, server?.Invoke(options) ?? options);
        rig.Address = rig.Server.Address;
        rig.Client = await rig.ConnectAsync();
        rig.Calls = new WorkClient(rig.Client);
        rig.LaneCalls = new LanesClient(rig.Client);
        rig.FlowCalls = new FlowsClient(rig.Client);
        return rig;
    }

    public async Task<RpcClient> ConnectAsync(SessionOptions? session = null) => await RpcClient.ConnectAsync(
        Address,
        new RpcClientOptions
        {
            World = World,
            Transport = _transport,
            Session = session ?? SessionOptions.Default,
            Continuations = Continuations,
        });

    /// <summary>Runs code on the thread on which the client receives, where that has one; ends in the pool.</summary>
    public Task OnReceiverAsync(Func<Task> code) => OnExecutor.RunAsync(Client.Session.Connection.Executor, code);

    /// <summary>Waits for a condition that nothing announces.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(90))
            {
                throw new TimeoutException($"It did not happen: {what}");
            }

            // Lets others run; the condition decides, not the time.
            await Task.Delay(1);
        }
    }

    /// <summary>What the reactors have done; null for an engine without them.</summary>
    public TransportCounters? Counters => Reacting?.Counters;

    public static async Task<RpcException> Error(ValueTask<int> call) =>
        await Assert.ThrowsAsync<RpcException>(async () => await call);

    public async ValueTask DisposeAsync()
    {
        // Whoever has awaited calls may be on the reactor here, which must not wait for itself.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Until(() => World.Blocks.Outstanding == 0, "all blocks come back: " + World.Blocks.DescribeOutstanding());

        // Whoever is told of a close is told before the last of it has been done.
        await Until(() => Reactors.All(static r => r is { Load: 0, Slots: 0 }), "reactors serve nothing any more");

        // What its reactors keep for themselves comes back with their end.
        if (_app is { } app)
        {
            await Task.Run(app.End);
        }
        else
        {
            (_transport as IDisposable)?.Dispose();
        }

        Assert.DoesNotContain(Reactors, static reactor => reactor.IsAlive);

        // Not at once: whoever still writes for a call that is over rents a block and gives it back.
        await Until(() => World.Budget.Used == 0, "the budget is free");
        World.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
