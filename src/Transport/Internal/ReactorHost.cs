using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What the parts of a transport on reactors share, and how a descriptor becomes a connection.</summary>
internal abstract class ReactorHost(World world, SocketTransportOptions options, ReactorGroup reactors) : ISocketHost
{
    // Linux: levels SOL_SOCKET and IPPROTO_TCP and their options.
    private const int LevelSocket = 1;
    private const int LevelTcp = 6;
    private const int KeepAlive = 9;
    private const int TcpNoDelay = 1;
    private const int TcpKeepIdle = 4;
    private const int TcpKeepInterval = 5;
    private const int TcpKeepCount = 6;
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowat = 25;

    /// <summary>The name of the engine.</summary>
    public abstract string Backend { get; }

    /// <summary>What the engine does without here, and why, for people; null when that is nothing.</summary>
    public virtual string? Remark => null;

    public World World => world;

    public SocketTransportOptions Options => options;

    public ReactorGroup Reactors => reactors;

    public TransportLog Log { get; } = world.GetOrAdd(static w => new TransportLog(w.LoggerFactory));

    public TransportMetrics Metrics { get; } = world.GetOrAdd(static _ => new TransportMetrics());

    /// <summary>Begins the ids of its connections.</summary>
    protected abstract string Prefix { get; }

    private ConnectionNumbers Numbers { get; } = world.GetOrAdd(static _ => new ConnectionNumbers());

    /// <summary>Before anything is made.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static void CheckPlatform(string part)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException($"{part} is a part of Linux; use SocketTransport here.");
        }
    }

    /// <summary>
    /// Makes a connection of a connected descriptor, which it then owns; the descriptor is closed when this throws. On
    /// the thread of <paramref name="reactor"/>, which expects it.
    /// </summary>
    /// <param name="reactor">Who serves it.</param>
    /// <param name="descriptor">The socket.</param>
    /// <param name="side">Ends the id: <c>c</c> connected it, <c>s</c> accepted it.</param>
    /// <param name="asked">The address that was connected to, or listened on.</param>
    public PumpConnection Adopt(Reactor reactor, int descriptor, string side, TransportAddress asked)
    {
        IReactorIo io;
        try
        {
            if (asked.Scheme == TransportScheme.Tcp)
            {
                SetOptions(descriptor, asked);
            }

            io = CreateIo(reactor, descriptor, asked.Scheme == TransportScheme.Unix);
        }
        catch (TransportException)
        {
            reactor.Forget();
            Native.Sockets.Close(descriptor);
            throw;
        }

        var identity = new ConnectionIdentity(
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Numbers.Next()}{side}"),
            Backend,
            AddressOf(Native.Sockets.LocalEnd(descriptor), asked),
            AddressOf(Native.Sockets.RemoteEnd(descriptor), asked));
        var connection = new PumpConnection(world, identity, io, Options.KeepReceiveBuffer, reactor);
        io.Events = connection;
        return connection;
    }

    /// <summary>Accepts from a socket, which it owns.</summary>
    public abstract ReactorListener CreateListener(
        Socket socket, TransportAddress address, Action<Connection> onAccepted);

    /// <summary>An attempt to connect, not yet started.</summary>
    public abstract ReactorConnect CreateConnect(TransportAddress address, EndPoint end);

    /// <summary>The byte stream of a descriptor, which it owns unless this throws.</summary>
    protected abstract IReactorIo CreateIo(Reactor reactor, int descriptor, bool isUnix);

    private static TransportAddress AddressOf(IPEndPoint? end, TransportAddress asked)
    {
        if (end is null)
        {
            return asked;
        }

        // A dual-stack socket names an IPv4 peer as ::ffff:a.b.c.d.
        var address = end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        var text = address.ToString();

        // One address for all connections that share it, and one text for both ends on the same machine.
        return text != asked.Host ? TransportAddress.Tcp(text, end.Port)
            : end.Port == asked.Port ? asked : TransportAddress.Tcp(asked.Host, end.Port);
    }

    private void SetOptions(int descriptor, TransportAddress asked)
    {
        Set(LevelTcp, TcpNoDelay, Options.NoDelay ? 1 : 0);
        Set(LevelSocket, KeepAlive, 1);
        Set(LevelTcp, TcpKeepIdle, (int)Options.KeepAliveTime.TotalSeconds);
        Set(LevelTcp, TcpKeepInterval, (int)Options.KeepAliveInterval.TotalSeconds);
        Set(LevelTcp, TcpKeepCount, Options.KeepAliveProbes);
        Set(LevelTcp, TcpUserTimeout, (int)Options.UserTimeout.TotalMilliseconds);
        Set(LevelTcp, TcpNotSentLowat, TransportLimits.MaxUnsentBytes);

        void Set(int level, int name, int value)
        {
            var result = Native.Sockets.SetOption(descriptor, level, name, value);
            if (!result.IsOk)
            {
                // The peer was gone before the options were set.
                throw new TransportException(
                    NativeErrors.Translate(result.Error),
                    $"The connection to {asked} broke at once: {NativeErrors.Message(result.Error)}.");
            }
        }
    }
}
