using System.Diagnostics;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>
/// A broker and clients on the thread pool and the system's clock. Disposing checks that all memory is back.
/// </summary>
internal sealed class RealTopics : IAsyncDisposable
{
    private static int _names;

    private readonly string? _folder;
    private readonly List<TopicClient> _clients = [];

    private RealTopics(string scheme, bool trackBlocks)
    {
        World = new World(new WorldOptions { TrackBlocks = trackBlocks });
        _folder = scheme is "unix" or "epoll-unix" ? Directory.CreateTempSubdirectory("nct").FullName : null;
        Transport = scheme switch
        {
            "tcp" or "unix" => new SocketTransport(World),
            "epoll" or "epoll-unix" => new EpollTransport(World, new EpollTransportOptions { Reactors = 1 }),
            "uring" => new UringTransport(World, new UringTransportOptions { Reactors = 1 }),
            _ => new InMemoryTransport(World),
        };
        Address = scheme switch
        {
            "tcp" or "epoll" or "uring" => "tcp://127.0.0.1:0",
            "unix" or "epoll-unix" => TransportAddress.Unix($"{_folder}/s.sock"),
            _ => TransportAddress.InProcess($"topics{Interlocked.Increment(ref _names)}"),
        };
    }

    public World World { get; }

    public ITransport Transport { get; }

    public TransportAddress Address { get; private set; }

    public Broker Broker { get; private set; } = null!;

    public static async Task<RealTopics> StartAsync(
        string scheme, bool trackBlocks = true, params TopicRule[] rules)
    {
        var rig = new RealTopics(scheme, trackBlocks);
        rig.Broker = new Broker(new BrokerOptions { World = rig.World, Transport = rig.Transport, Topics = rules });
        rig.Address = await rig.Broker.ListenAsync(rig.Address);
        return rig;
    }

    public async Task<TopicClient> ConnectAsync()
    {
        var client = await TopicClient.ConnectAsync(
            Address, new TopicClientOptions { World = World, Transport = Transport });
        _clients.Add(client);
        return client;
    }

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

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await Until(() => World.Blocks.Outstanding == 0, "all blocks come back: " + World.Blocks.DescribeOutstanding());
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        (Transport as IDisposable)?.Dispose();
        World.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
