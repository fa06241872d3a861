using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

/// <summary>A listener whose connections are served by other reactors than its own.</summary>
public sealed class EpollListenerTests
{
    [Fact]
    public async Task Dispose_waits_for_the_accept_callback_of_another_reactor()
    {
        using var log = new LogCapture();
        using var world = new World(new WorldOptions { LoggerFactory = log });
        using var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 2 });
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var over = false;
        Connection? kept = null;

        // The listener is the load of the first reactor, so that the connection goes to the second.
        var listener = await transport.ListenAsync("tcp://127.0.0.1:0", connection =>
        {
            kept = connection;
            entered.Set();
            go.Wait(Pair.Patience);
            Volatile.Write(ref over, true);
        });
        using var client = await Connect(listener);
        await Task.Run(entered.Wait).WaitAsync(Pair.Patience);
        var dispose = Dispose();
        await Pair.Until(
            () => log.Lines.Any(line => line.Text.Contains("No longer", Ordinal)), "the listener is closed");
        for (var i = 0; i < 100; i++)
        {
            await Task.Yield();
        }

        go.Set();
        Assert.True(await dispose.WaitAsync(Pair.Patience), "Dispose was over before the callback.");
        await kept!.DisposeAsync();

        async Task<bool> Dispose()
        {
            await listener.DisposeAsync();
            return Volatile.Read(ref over);
        }
    }

    [Fact]
    public async Task A_listener_that_outlives_the_dispose_of_its_transport_gives_nothing_to_reactors_that_have_ended()
    {
        using var world = new World(new WorldOptions());
        var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 3 });
        var others = new List<Listener>();
        var accepted = new List<Connection>();
        for (var i = 0; i < 2; i++)
        {
            others.Add(await transport.ListenAsync("tcp://127.0.0.1:0", static _ => { }));
        }

        await using var listener = await transport.ListenAsync("tcp://127.0.0.1:0", connection =>
        {
            lock (accepted)
            {
                accepted.Add(connection);
            }
        });
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        var dispose = Task.Run(transport.Dispose);
        var clients = new List<Socket>();
        for (var i = 1; i <= 20; i++)
        {
            clients.Add(await Connect(listener));
            await Pair.Until(() => accepted.Count == i, $"connection {i} is accepted");
        }

        clients.ForEach(static client => client.Dispose());
        await listener.DisposeAsync();
        foreach (var connection in accepted)
        {
            await connection.DisposeAsync();
        }

        await dispose.WaitAsync(Pair.Patience);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static async Task<Socket> Connect(Listener listener)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        return client;
    }
}
