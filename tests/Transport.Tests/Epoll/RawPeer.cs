using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A listener of the epoll engine and plain sockets as its clients, which do what no engine would.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly Queue<Connection> _accepted = new();
    private readonly List<Connection> _all = [];

    private RawPeer(Engine engine, Action<Connection>? onAccepted)
    {
        _listener = engine.Transport.ListenAsync(engine.NewAddress(), connection =>
        {
            onAccepted?.Invoke(connection);
            lock (_accepted)
            {
                _accepted.Enqueue(connection);
                _all.Add(connection);
            }
        }).AsTask().GetAwaiter().GetResult();
    }

    public static RawPeer Listen(Engine engine, Action<Connection>? onAccepted = null) => new(engine, onAccepted);

    /// <summary>A connected socket.</summary>
    /// <param name="receiveBuffer">Its receive buffer in bytes; 0 leaves the default.</param>
    public Socket Connect(int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        socket.ReceiveTimeout = socket.SendTimeout = (int)Pair.Patience.TotalMilliseconds;
        socket.Connect(IPAddress.Loopback, _listener.Address.Port);
        return socket;
    }

    /// <summary>The other end of the socket that connected first of those not asked for yet.</summary>
    public async Task<Connection> AcceptAsync()
    {
        Connection? connection = null;
        await Pair.Until(
            () =>
            {
                lock (_accepted)
                {
                    return _accepted.TryDequeue(out connection);
                }
            },
            "a connection is accepted");
        return connection!;
    }

    /// <summary>The same with both ends.</summary>
    public async Task<(Socket Client, Peer Server)> PairAsync(int receiveBuffer = 0)
    {
        var client = Connect(receiveBuffer);
        return (client, new Peer(await AcceptAsync()));
    }

    /// <summary>The same, where the server has received a byte and waits for the next.</summary>
    public async Task<(Socket Client, Peer Server)> WaitingPairAsync(int receiveBuffer = 0)
    {
        var (client, server) = await PairAsync(receiveBuffer);
        server.Start();
        client.Send([Peer.ByteAt(0)]);
        await Pair.Until(() => server.Received == 1, "a byte, after which the next receive waits");
        await server.Connection.RunOnReactor(static () => { });
        return (client, server);
    }

    /// <summary>Reads to the end of the input.</summary>
    public static long ReadToEnd(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        for (int count; (count = socket.Receive(buffer)) > 0; total += count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(Peer.ByteAt(total + i), buffer[i]);
            }
        }

        return total;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        foreach (var connection in _all)
        {
            await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        }
    }
}
