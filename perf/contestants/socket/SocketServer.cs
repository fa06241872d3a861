using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>Accepts, and lets each connection be served until its client ends it.</summary>
internal sealed class SocketServer : IServerHalf
{
    /// <summary>
    /// Of each connection: two records of 16 times 1 KiB, the largest echo there is, and half a write of bulk.
    /// </summary>
    public const int BufferBytes = 32 * 1024;

    private readonly Socket _listener;
    private readonly Func<Socket, Task> _serve;

    public SocketServer(Uri address, Func<Socket, Task> serve)
    {
        _serve = serve;
        var endPoint = Addresses.EndPointOf(address);
        _listener = Addresses.NewSocket(endPoint);
        _listener.Bind(endPoint);
        _listener.Listen();
        Address = address.IsUnix ? address : new Uri($"tcp://{_listener.LocalEndPoint}");
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
            try
            {
                var socket = await _listener.AcceptAsync();
                _ = ServeAsync(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        try
        {
            if (!Address.IsUnix)
            {
                socket.NoDelay = true;
            }

            await _serve(socket);
        }
        catch (SocketException)
        {
            // The client went away in the middle; it reports that itself.
        }
    }
}
