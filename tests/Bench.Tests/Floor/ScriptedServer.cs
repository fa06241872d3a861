using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench.Tests.Floor;

/// <summary>An echo server of one connection that may do something to the bytes, or to the time.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;

    /// <param name="script">Gets what has come before it goes back; what it throws closes the connection.</param>
    public ScriptedServer(Script script)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"tcp://{_listener.LocalEndPoint}");
        _thread = new Thread(() => Run(script)) { IsBackground = true };
        _thread.Start();
    }

    internal delegate void Script(Span<byte> bytes);

    public Uri Address { get; }

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Run(Script script)
    {
        try
        {
            using var socket = _listener.Accept();
            socket.NoDelay = true;
            var buffer = new byte[4096];
            for (var received = socket.Receive(buffer); received > 0; received = socket.Receive(buffer))
            {
                script(buffer.AsSpan(0, received));
                socket.Send(buffer, received, SocketFlags.None);
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The end of the script, or of the client.
        }
    }
}
