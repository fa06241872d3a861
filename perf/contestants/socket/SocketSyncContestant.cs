using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>System.Net.Sockets with blocking calls and a thread for each connection.</summary>
internal sealed class SocketSyncContestant : EchoContestant
{
    // A megabyte of stack for each would be most of what idle connections take; this is enough for two calls.
    private const int StackBytes = 128 * 1024;

    public override string Name => "socket-sync";

    public override string Description => "System.Net.Sockets, blocking, a thread for each connection";

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        Task.FromResult<IServerHalf>(new SocketServer(
            address, socket => StartThread(socket, service == Service.Sink ? Sink : Echo)));

    private static Task StartThread(Socket socket, Action<Socket> serve)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    serve(socket);
                    done.SetResult();
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            StackBytes);
        thread.IsBackground = true;
        thread.Start();
        return done.Task;
    }

    private static void Echo(Socket socket)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(SocketServer.BufferBytes, pinned: true);
        while (socket.Receive(buffer) is > 0 and var received)
        {
            for (var sent = 0; sent < received;)
            {
                sent += socket.Send(buffer.AsSpan(sent, received - sent));
            }
        }
    }

    private static void Sink(Socket socket)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(SocketServer.BufferBytes, pinned: true);
        long total = 0;
        while (socket.Receive(buffer) is > 0 and var received)
        {
            total += received;
        }

        socket.Send(BitConverter.GetBytes(total));
    }
}
