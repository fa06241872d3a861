using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What the parts of an io_uring transport share.</summary>
internal sealed class UringHost(World world, SocketTransportOptions options, ReactorGroup reactors)
    : ReactorHost(world, options, reactors)
{
    public override string Backend => "uring";

    public override ReactorListener CreateListener(
        Socket socket, TransportAddress address, Action<Connection> onAccepted) =>
        new UringListener(this, socket, address, onAccepted);

    public override ReactorConnect CreateConnect(TransportAddress address, EndPoint end) =>
        new UringConnect(this, address, end);

    protected override string Prefix => "ur";

    protected override IReactorIo CreateIo(Reactor reactor, int descriptor, bool isUnix) =>
        new UringIo(reactor, descriptor);
}
