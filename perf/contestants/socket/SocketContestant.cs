namespace NetCore.Bench.Contenders;

/// <summary>
/// System.Net.Sockets alone, asynchronous: no framing, no calls. What any SDK over these sockets has below it.
/// </summary>
internal class SocketContestant : EchoContestant
{
    public override string Name => "socket";

    public override string Description => "System.Net.Sockets, asynchronous";

    public override bool IsQuick => true;

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        Task.FromResult<IServerHalf>(new SocketServer(address, service == Service.Sink ? SinkAsync : EchoAsync));

    private static async Task EchoAsync(System.Net.Sockets.Socket socket)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(SocketServer.BufferBytes, pinned: true);

        // As memory, because the overload for arrays makes a task per call.
        while (await socket.ReceiveAsync(buffer.AsMemory()) is > 0 and var received)
        {
            for (var sent = 0; sent < received;)
            {
                sent += await socket.SendAsync(buffer.AsMemory(sent, received - sent));
            }
        }
    }

    private static async Task SinkAsync(System.Net.Sockets.Socket socket)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(SocketServer.BufferBytes, pinned: true);
        long total = 0;
        while (await socket.ReceiveAsync(buffer.AsMemory()) is > 0 and var received)
        {
            total += received;
        }

        await socket.SendAsync(BitConverter.GetBytes(total));
    }
}
