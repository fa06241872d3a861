using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

/// <summary>What user code throws stands in the log as an error, and a logger that throws disturbs nothing.</summary>
public class LoggingTests
{
    [Fact]
    public void A_throwing_source_is_an_error_in_the_log_with_its_exception()
    {
        var log = new LogCapture();
        using var world = new TestWorld(loggers: log);
        var (client, _) = Connect(world);
        client.OnFill = static (_, _) => throw new InvalidOperationException("mine");
        client.Start();
        client.Connection.RequestSend();
        world.Settle();

        var line = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal((10, "mine"), (line.Id, line.Exception?.Message));
        Assert.Equal(TransportError.SourceFailed, client.Close.Error);
    }

    [Fact]
    public void A_throwing_receiver_is_an_error_in_the_log_with_its_exception()
    {
        var log = new LogCapture();
        using var world = new TestWorld(loggers: log);
        var (client, server) = Connect(world);
        server.OnData = static (_, _) => throw new InvalidOperationException("mine");
        server.Start();
        client.Start();
        client.SendPattern(10);
        world.Settle();

        var line = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal((11, "mine"), (line.Id, line.Exception?.Message));
        client.Connection.Abort();
        world.Settle();
    }

    [Fact]
    public async Task A_logger_that_throws_stops_no_accept_loop_and_no_connection()
    {
        using var world = new World(new WorldOptions { LoggerFactory = new ThrowingLoggers { EnablesAll = true } });
        var accepted = new System.Collections.Concurrent.ConcurrentQueue<Connection>();
        var transport = new SocketTransport(world);
        await using var listener = await transport.ListenAsync("tcp://127.0.0.1:0", connection =>
        {
            accepted.Enqueue(connection);
            throw new InvalidOperationException("mine");
        });
        for (var i = 1; i <= 3; i++)
        {
            try
            {
                using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            }
            catch (SocketException)
            {
                // The callback has had it reset before connecting returned.
            }

            await Pair.Until(() => accepted.Count == i, $"connection {i} is accepted");
        }
    }

    private static (Peer Client, Peer Server) Connect(TestWorld world)
    {
        var transport = new InMemoryTransport(world.World);
        Connection? accepted = null;
        _ = transport.ListenAsync("inproc://log", connection => accepted = connection).AsTask();
        world.Settle();
        var connecting = transport.ConnectAsync("inproc://log").AsTask();
        world.Settle();
        return (new Peer(connecting.Result), new Peer(accepted!));
    }
}
