using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>A connected pair in one world; disposing it closes both and checks that everything came back.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Engine _engine;
    private readonly Listener _listener;

    private Pair(Engine engine, Listener listener, Connection client, Connection server)
    {
        _engine = engine;
        _listener = listener;

        // Both answer the peer's end with their own, so that every pair comes to its close; tests replace it.
        Client = new Peer(client) { OnEnd = peer => peer.SendPattern(0, end: true) };
        Server = new Peer(server) { OnEnd = peer => peer.SendPattern(0, end: true) };
    }

    public Peer Client { get; }

    public Peer Server { get; }

    public static async Task<Pair> ConnectAsync(Engine engine)
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = await engine.Transport.ListenAsync(engine.NewAddress(), accepted.SetResult);
        var client = await engine.Transport.ConnectAsync(listener.Address);
        var server = await accepted.Task.WaitAsync(Patience);
        Assert.True(engine.Serves(client) && engine.Serves(server), $"{client.Backend}, {server.Backend}");
        return new Pair(engine, listener, client, server);
    }

    public static async Task<Pair> StartAsync(Engine engine)
    {
        var pair = await ConnectAsync(engine);
        pair.Server.Start();
        pair.Client.Start();
        return pair;
    }

    public static Task Until(Func<bool> condition, string what) => Until(condition, () => what);

    /// <param name="condition">Looked at about each millisecond: 30,000 times, or while there is patience.</param>
    /// <param name="what">What it is, or what is there instead; asked for when it is too late.</param>
    public static async Task Until(Func<bool> condition, Func<string> what)
    {
        // Half a minute at least; a look that takes long itself is not taken 30,000 times.
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; !condition(); i++)
        {
            if (i == 30_000 || Stopwatch.GetElapsedTime(start) > Patience)
            {
                Assert.Fail("Not in time: " + what());
            }

            // Between two looks at the condition; it bounds nothing but the polling.
            await Task.Delay(1);
        }
    }

    public async Task Closed()
    {
        await Client.Done.Task.WaitAsync(Patience);
        await Server.Done.Task.WaitAsync(Patience);
    }

    /// <summary>
    /// Waits until <paramref name="position"/> has begun to grow and then stands still, and gives where.
    /// </summary>
    /// <remarks>
    /// Nobody reports that a sender stands still. The clock is a byte that another pair passes to and fro: 200 round
    /// trips without progress, which take the longer the slower and busier the machine is.
    /// </remarks>
    public async Task<long> Still(Func<long> position)
    {
        await Until(() => position() > 0, "it begins");
        var clock = await StartAsync(_engine);
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = 0L;
        var same = 0;
        clock.Server.OnData = static (peer, data) =>
        {
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        clock.Client.OnData = (peer, data) =>
        {
            same = position() == last ? same + 1 : 0;
            last = position();
            if (same < 200)
            {
                peer.SendPattern(1);
            }
            else
            {
                done.TrySetResult(last);
            }

            return peer.Check(data);
        };
        clock.Client.SendPattern(1);
        var still = await done.Task.WaitAsync(Patience);
        await clock.CloseAsync();
        return still;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Until(() => _engine.World.Blocks.Outstanding == 0, $"{_engine.World.Blocks.Outstanding} blocks out");
        await Until(() => _engine.World.Budget.Used == 0, $"{_engine.World.Budget.Used} bytes of the budget are used");
    }

    /// <summary>Closes both, as far as they are not, beside other pairs of the engine.</summary>
    public async Task CloseAsync()
    {
        await Client.Connection.DisposeAsync().AsTask().WaitAsync(Patience);
        await Server.Connection.DisposeAsync().AsTask().WaitAsync(Patience);
        await _listener.DisposeAsync();
        Assert.Empty(Client.Violations);
        Assert.Empty(Server.Violations);
        Assert.True(Client.ClosedCount <= 1 && Server.ClosedCount <= 1);
    }
}
