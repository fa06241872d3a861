using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>A connected pair in one world; disposing it closes both and checks that everything came back.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
        return new Pair(engine, listener, client, server);
    }

    public static async Task<Pair> StartAsync(Engine engine)
    {
        var pair = await ConnectAsync(engine);
        pair.Server.Start();
        pair.Client.Start();
        return pair;
    }

    public static async Task Until(Func<bool> condition, string what)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 30_000, "Not within 30 s: " + what);
            // Between two looks at the condition; it bounds nothing but the polling.
            await Task.Delay(1);
        }
    }

    public async Task Closed()
    {
        await Client.Done.Task.WaitAsync(Patience);
        await Server.Done.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.Connection.DisposeAsync().AsTask().WaitAsync(Patience);
        await Server.Connection.DisposeAsync().AsTask().WaitAsync(Patience);
        await _listener.DisposeAsync();
        Assert.Empty(Client.Violations);
        Assert.Empty(Server.Violations);
        Assert.True(Client.ClosedCount <= 1 && Server.ClosedCount <= 1);
        await Until(() => _engine.World.Blocks.Outstanding == 0, $"{_engine.World.Blocks.Outstanding} blocks out");
        Assert.Equal(0, _engine.World.Budget.Used);
    }
}
