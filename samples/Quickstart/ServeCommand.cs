using NetCore.Core;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Quickstart;

/// <summary>The server half.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(QuickstartOptions options, CancellationToken stop)
    {
        var root = new SafeRoot(options.Root ?? RepositoryRoot.Find());
        var dispatcher = new FileServiceDispatcher(new FileService(root, World.Default.Blocks));
        var changes = new FileChanges(options.Watch);
        var transport = Transports.Create(World.Default, options.Transport);
        await using var server = await RpcServer.ListenAsync(
            options.Listen!,
            dispatcher,
            new RpcServerOptions { Transport = transport, Lane = options.Lane, Protocols = [changes.Broker] },
            stop);
        Console.WriteLine($"listening {server.Address}");

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (options.StopWithInput)
        {
            _ = StopAtEndOfInputAsync(ended);
        }

        await Task.Delay(Timeout.Infinite, ended.Token).ContinueWith(static _ => { }, TaskScheduler.Default);

        // Before the server, which waits for the streams of its clients: their subscriptions are some.
        await changes.DisposeAsync();
        var aborted = await server.StopAsync(TimeSpan.FromSeconds(10));
        return aborted == 0 ? 0 : 1;
    }

    private static async Task StopAtEndOfInputAsync(CancellationTokenSource ended)
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await ended.CancelAsync();
    }
}
