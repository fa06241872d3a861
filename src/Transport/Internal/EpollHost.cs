using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What the parts of an epoll transport share.</summary>
internal sealed class EpollHost(World world, SocketTransportOptions options, ReactorGroup reactors)
    : ReactorHost(world, options, reactors)
{
    /// <inheritdoc cref="ReactorHost.CheckPlatform(string)"/>
    public static void CheckPlatform() => CheckPlatform("epoll");

    public override string Backend => "epoll";

    public override ReactorListener CreateListener(
        Socket socket, TransportAddress address, Action<Connection> onAccepted) =>
        new EpollListener(this, socket, address, onAccepted);

    public override ReactorConnect CreateConnect(TransportAddress address, EndPoint end) =>
        new EpollConnect(this, address, end);

    protected override string Prefix => "ep";

    protected override IReactorIo CreateIo(Reactor reactor, int descriptor, bool isUnix) =>
        new EpollIo(reactor, descriptor, isUnix);
}
