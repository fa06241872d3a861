using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench;

/// <summary>A thread and a blocking socket for each connection; closed loop of plain echoes only.</summary>
internal sealed class PlainEchoDriver : ILoadDriver
{
    private readonly List<Socket> _sockets = [];
    private LoadShape? _shape;

    public void Connect(Uri address, LoadShape shape)
    {
        _shape = shape;
        for (var i = 0; i < shape.Connections; i++)
        {
            var socket = address.Scheme == "unix"
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets.Add(socket);
            EndPoint remote = address.Scheme == "unix"
                ? new UnixDomainSocketEndPoint(address.AbsolutePath)
                : new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
            socket.Connect(remote);
        }
    }

    public StretchResult Run(Stretch stretch)
    {
        long operations = 0;
        var start = Stopwatch.GetTimestamp();
        var threads = _sockets.ConvertAll(socket => new Thread(() =>
            Interlocked.Add(ref operations, RunOne(socket, stretch, start))));
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StretchResult(operations, operations * _shape!.PayloadBytes, seconds);
    }

    public void Dispose() => _sockets.ForEach(static socket => socket.Dispose());

    private long RunOne(Socket socket, Stretch stretch, long start)
    {
        var message = _shape!.HeaderBytes + _shape.PayloadBytes;
        var buffer = new byte[message * _shape.Outstanding];
        for (var i = 0; i < _shape.Outstanding && _shape.HeaderBytes > 0; i++)
        {
            FramedMessage.WriteHeader(buffer.AsSpan(i * message), _shape.PayloadBytes, i);
        }

        long operations = 0;
        while (Stopwatch.GetElapsedTime(start) < stretch.Duration)
        {
            var sent = Stopwatch.GetTimestamp();
            socket.Send(buffer);
            for (var received = 0; received < buffer.Length;)
            {
                received += socket.Receive(buffer, received, buffer.Length - received, SocketFlags.None);
            }

            var time = (long)Stopwatch.GetElapsedTime(sent).TotalNanoseconds;
            operations += _shape.Outstanding;
            lock (stretch.Latency)
            {
                stretch.Latency.RecordMany(time, _shape.Outstanding);
            }
        }

        return operations;
    }
}
