using System.Net;
using System.Net.Sockets;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

/// <summary>Closes that meet what is under way. Alone: it counts the descriptors of the process.</summary>
public abstract class CloseRaces<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public Task A_listener_that_is_disposed_while_clients_connect_loses_no_descriptor() => ListenerDispose(1000);

    [Fact]
    public Task An_abort_that_meets_the_end_of_a_send_closes_once() => AbortAndSend(500);

    [Nightly]
    [Fact]
    public Task An_abort_that_meets_the_end_of_a_send_closes_once_each_of_many_times() => AbortAndSend(10_000);

    private static async Task ListenerDispose(int rounds)
    {
        await using var engine = new TEngine();
        await ListenAndDispose(engine, 0);
        await Pair.Until(() => engine.Leftovers() is null, "the first round is over");
        var baseline = ProcessBaseline.Take();
        for (var round = 0; round < rounds; round++)
        {
            await ListenAndDispose(engine, round);
        }

        await Pair.Until(() => engine.Leftovers() is null, () => $"all is given back: {engine.Leftovers()}");
        await Pair.Until(() => baseline.Left() is null, () => $"all is given back: {baseline.Left()}");
    }

    private static async Task ListenAndDispose(Engine engine, int round)
    {
        var listener = await engine.Transport.ListenAsync(
            engine.NewAddress(), static connection => _ = connection.DisposeAsync().AsTask());
        Socket[] clients = [Connect(listener), Connect(listener)];
        Thread.SpinWait(round % 100 * 30);
        await listener.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Array.ForEach(clients, static client => client.Dispose());
    }

    private static async Task AbortAndSend(int rounds)
    {
        await using var engine = new TEngine();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
        };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        var address = TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);
        var buffer = new byte[256 * 1024];
        for (var round = 0; round < rounds; round++)
        {
            var connection = await engine.Transport.ConnectAsync(address);
            using var server = listener.Accept();
            var peer = new Peer(connection).Start();
            peer.SendPattern(2_000_000);

            // The send waits for room, which a read gives it while the abort comes.
            var abort = Task.Run(() =>
            {
                Thread.SpinWait(round % 64 * 64);
                peer.Connection.Abort();
            });
            try
            {
                _ = server.Receive(buffer);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                // The abort was first.
            }

            await abort;
            await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
            Assert.Equal(1, peer.ClosedCount);
            Assert.Empty(peer.Violations);
        }

        Assert.Null(engine.Leftovers());
    }

    private static Socket Connect(Listener listener)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, listener.Address.Port);
        return client;
    }
}
