using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>A plain byte echo on NetCore's transport: what calls of NetCore have below them.</summary>
internal sealed class NetCoreEchoContestant : EchoContestant
{
    public override string Name => "netcore-echo";

    public override string Description => "NetCore.Transport, engine sockets, default options";

    public override bool IsQuick => true;

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        var transport = Transports.Create(World.Default);
        return new NetCoreEchoServer(await transport.ListenAsync(
            address.Text, service == Service.Sink ? StartSink : StartEcho));
    }

    private static void StartEcho(Connection connection)
    {
        var relay = new EchoRelay(connection);
        connection.Start(relay, relay);
    }

    private static void StartSink(Connection connection)
    {
        var sink = new ByteSink(connection);
        connection.Start(sink, sink);
    }
}
