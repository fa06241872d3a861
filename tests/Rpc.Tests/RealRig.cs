using System.Diagnostics;
using NetCore.Core;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A server and a client on the thread pool and the system's clock.</summary>
/// <remarks>Disposing checks that all memory is back.</remarks>
internal sealed class RealRig : IAsyncDisposable
{
    private static int _names;

    private readonly string? _folder;

    private RealRig(string scheme, bool trackBlocks)
    {
        World = new World(new WorldOptions { TrackBlocks = trackBlocks, LoggerFactory = Log });
        _folder = scheme == "unix" ? Directory.CreateTempSubdirectory("nct").FullName : null;
        Address = scheme switch
        {
            "tcp" => "tcp://127.0.0.1:0",
            "unix" => TransportAddress.Unix($"{_folder}/s.sock"),
            _ => TransportAddress.InProcess($"real{Interlocked.Increment(ref _names)}"),
        };
    }

    public World World { get; }

    public LogCapture Log { get; } = new();

    public Work Service { get; } = new();

    public TransportAddress Address { get; private set; }

    public RpcServer Server { get; private set; } = null!;

    public RpcClient Client { get; private set; } = null!;

    public WorkClient Calls { get; private set; } = null!;

    public static async Task<RealRig> StartAsync(
        string scheme, Func<RpcServerOptions, RpcServerOptions>? server = null, bool trackBlocks = true)
    {
        var rig = new RealRig(scheme, trackBlocks);
        var options = new RpcServerOptions { World = rig.World };
        var dispatcher = new RpcRouter(new WorkDispatcher(rig.Service), new OtherDispatcher(new Other()));
        rig.Server = await RpcServer.ListenAsync(rig.Address, dispatcher, server?.Invoke(options) ?? options);
        rig.Address = rig.Server.Address;
        rig.Client = await rig.ConnectAsync();
        rig.Calls = new WorkClient(rig.Client);
        return rig;
    }

    public async Task<RpcClient> ConnectAsync(SessionOptions? session = null) => await RpcClient.ConnectAsync(
        Address, new RpcClientOptions { World = World, Session = session ?? SessionOptions.Default });

    /// <summary>Waits for a condition that nothing announces.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"It did not happen: {what}");
            }

            // Lets others run; the condition decides, not the time.
            await Task.Delay(1);
        }
    }

    public static async Task<RpcException> Error(ValueTask<int> call) =>
        await Assert.ThrowsAsync<RpcException>(async () => await call);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Until(() => World.Budget.Used == 0, "all blocks are returned: " + World.Blocks.DescribeOutstanding());
        World.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
