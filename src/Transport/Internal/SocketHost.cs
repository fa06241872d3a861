using System.Globalization;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What the parts of a socket transport share, and how a socket becomes a connection.</summary>
internal sealed class SocketHost(World world, SocketTransportOptions options) : ISocketHost
{
    public const string Backend = "sockets";

    // The three options that .NET has no portable name for; values of Linux, level IPPROTO_TCP.
    private const int LinuxTcpUserTimeout = 18;
    private const int LinuxTcpNotSentLowat = 25;

    public World World => world;

    public SocketTransportOptions Options => options;

    public TransportLog Log { get; } = world.GetOrAdd(static w => new TransportLog(w.LoggerFactory));

    public TransportMetrics Metrics { get; } = world.GetOrAdd(static _ => new TransportMetrics());

    private ConnectionNumbers Numbers { get; } = world.GetOrAdd(static _ => new ConnectionNumbers());

    /// <summary>
    /// Makes a connection of a connected socket, which it then owns; the socket is closed when this throws.
    /// </summary>
    /// <param name="socket">The socket.</param>
    /// <param name="side">Ends the id: <c>c</c> connected it, <c>s</c> accepted it.</param>
    /// <param name="asked">The address that was connected to, or listened on.</param>
    public PumpConnection Adopt(Socket socket, string side, TransportAddress asked)
    {
        try
        {
            SetOptions(socket);
            var io = new SocketIo(socket);
            var identity = new ConnectionIdentity(
                string.Create(CultureInfo.InvariantCulture, $"so{Numbers.Next()}{side}"),
                Backend,
                SocketAddresses.Local(socket, asked),
                SocketAddresses.Remote(socket, asked));
            var connection = new PumpConnection(world, identity, io, options.KeepReceiveBuffer);
            io.Events = connection;
            return connection;
        }
        catch (SocketException exception)
        {
            // The peer was gone before the options were set.
            socket.Dispose();
            var error = SocketErrors.Translate(exception.SocketErrorCode);
            throw SocketErrors.Exception(error, $"The connection to {asked} broke at once", exception);
        }
    }

    private void SetOptions(Socket socket)
    {
        if (socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        socket.NoDelay = options.NoDelay;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        SetSeconds(socket, SocketOptionName.TcpKeepAliveTime, options.KeepAliveTime);
        SetSeconds(socket, SocketOptionName.TcpKeepAliveInterval, options.KeepAliveInterval);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, options.KeepAliveProbes);
        if (OperatingSystem.IsLinux())
        {
            Span<byte> value = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(value, (int)options.UserTimeout.TotalMilliseconds);
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, LinuxTcpUserTimeout, value);
            BitConverter.TryWriteBytes(value, TransportLimits.MaxUnsentBytes);
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, LinuxTcpNotSentLowat, value);
        }
    }

    private static void SetSeconds(Socket socket, SocketOptionName name, TimeSpan value) =>
        socket.SetSocketOption(SocketOptionLevel.Tcp, name, (int)value.TotalSeconds);
}
