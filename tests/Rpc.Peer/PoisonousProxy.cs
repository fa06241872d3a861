using System.Net;
using System.Net.Sockets;

namespace NetCore.Rpc.Peer;

/// <summary>Passes bytes on between clients and a server, until it is told to send garbage to all clients.</summary>
internal sealed class PoisonousProxy
{
    private readonly List<Socket> _clients = [];
    private readonly int _serverPort;

    public PoisonousProxy(int serverPort)
    {
        _serverPort = serverPort;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Begin(() => Accept(listener));
    }

    public int Port { get; }

    public void Poison()
    {
        var garbage = new byte[4096];
        new Random(7).NextBytes(garbage);
        lock (_clients)
        {
            _clients.ForEach(client => client.Send(garbage));
        }
    }

    private static void Begin(Action loop) => new Thread(() => loop()) { IsBackground = true }.Start();

    private void Accept(TcpListener listener)
    {
        while (true)
        {
            var client = listener.AcceptSocket();
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            server.Connect(IPAddress.Loopback, _serverPort);
            lock (_clients)
            {
                _clients.Add(client);
            }

            Begin(() => Pump(client, server));
            Begin(() => Pump(server, client));
        }
    }

    private static void Pump(Socket from, Socket to)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (from.Receive(bytes) is var count and > 0)
            {
                to.Send(bytes, count, SocketFlags.None);
            }
        }
        catch (SocketException)
        {
            // One side is gone; the other is closed below.
        }

        from.Close();
        to.Close();
    }
}
