using System.Net.Sockets;
using StreamJsonRpc;

namespace NetCore.Bench.Contenders;

/// <summary>StreamJsonRpc over a socket, in its fastest form: MessagePack with length headers.</summary>
internal sealed class StreamJsonRpcContestant : RpcContestant, IClientHalf
{
    public override string Name => "streamjsonrpc";

    public override string Description => "StreamJsonRpc over sockets, MessagePack with length headers";

    public override string? NoStreams => null;

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        Task.FromResult<IServerHalf>(new SocketServer(address, ServeAsync));

    public override IClientHalf NewClientHalf() => this;

    public async Task<IRpcClient> ConnectAsync(Uri address)
    {
        var endPoint = Addresses.EndPointOf(address);
        var socket = Addresses.NewSocket(endPoint);
        await socket.ConnectAsync(endPoint);
        return new StreamJsonRpcClient(new JsonRpc(Handler(socket)));
    }

    private static async Task ServeAsync(Socket socket)
    {
        using var rpc = new JsonRpc(Handler(socket), new StreamJsonRpcEcho());
        rpc.StartListening();
        try
        {
            await rpc.Completion;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client went away in the middle; it reports that itself.
        }
    }

    private static LengthHeaderMessageHandler Handler(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter());
    }
}
