using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>The answering side of the socket contestant: sends back whatever one receive has brought.</summary>
internal sealed class SocketEchoServer : IEchoServer
{
    private readonly Socket _listener;

    public SocketEchoServer(Socket listener)
    {
        _listener = listener;
        Address = new Uri($"tcp://{listener.LocalEndPoint}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return default;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            _ = EchoAsync(socket);
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        using var owned = socket;
        var buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
        try
        {
            while (true)
            {
                // As memory, because the overload for arrays makes a task per call.
                var received = await socket.ReceiveAsync(buffer.AsMemory());
                if (received == 0)
                {
                    return;
                }

                for (var sent = 0; sent < received;)
                {
                    sent += await socket.SendAsync(buffer.AsMemory(sent, received - sent));
                }
            }
        }
        catch (SocketException)
        {
            // The client went away in the middle; it reports that itself.
        }
    }
}
