using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench.Tests;

/// <summary>Echoes messages of 32 bytes on one connection, and does before each what the test wants.</summary>
internal sealed class BlockingServer : IDisposable
{
    private const int MessageBytes = 32;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;

    /// <param name="before">Gets the number of the message, from 1 on.</param>
    /// <param name="corrupt">Number of the message whose echo is wrong; 0 for none.</param>
    public BlockingServer(Action<long> before, long corrupt = 0)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"tcp://{_listener.LocalEndPoint}");
        _thread = new Thread(() => Serve(before, corrupt)) { IsBackground = true };
        _thread.Start();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Serve(Action<long> before, long corrupt)
    {
        var buffer = new byte[MessageBytes];
        try
        {
            using var socket = _listener.Accept();
            socket.NoDelay = true;
            for (long number = 1; ReadMessage(socket, buffer); number++)
            {
                before(number);
                buffer[0] ^= (byte)(number == corrupt ? 0xFF : 0);
                socket.Send(buffer);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private static bool ReadMessage(Socket socket, byte[] buffer)
    {
        for (var got = 0; got < buffer.Length;)
        {
            var count = socket.Receive(buffer, got, buffer.Length - got, SocketFlags.None);
            if (count == 0)
            {
                return false;
            }

            got += count;
        }

        return true;
    }
}
