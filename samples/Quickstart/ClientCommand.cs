using NetCore.Core;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Quickstart;

/// <summary>The client half: sees a change, fetches and verifies every file, then makes small calls.</summary>
internal static class ClientCommand
{
    public static async Task<int> RunAsync(QuickstartOptions options, CancellationToken stop)
    {
        var transport = Transports.Create(World.Default, options.Transport);
        await using var client = await RpcClient.ConnectAsync(
            options.Connect!, new RpcClientOptions { Transport = transport }, stop);
        Console.WriteLine($"connected to {client.Address} by {transport.Backend}");
        try
        {
            var seen = options.Scratch is null || await ChangeWatch.RunAsync(client.Session, options.Scratch, stop);
            var result = await RunAsync(new FileServiceClient(client), options, stop);
            return seen ? result : 1;
        }
        catch (RpcException e) when (e.Code is RpcErrorCode.Unavailable or RpcErrorCode.Draining)
        {
            Console.Error.WriteLine($"The connection to {client.Address} is lost, nothing more can be done. "
                + e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(IFileService files, QuickstartOptions options, CancellationToken stop)
    {
        var disk = options.Root is null ? null : new SafeRoot(options.Root);
        var verified = await new FileVerifier(files, disk).RunAsync(stop);
        Console.WriteLine(verified.ToString());

        var alone = options.Calls / 5;
        foreach (var (callers, calls) in ((int, int)[])[(1, alone), (64, options.Calls - alone)])
        {
            if (calls > 0)
            {
                Console.WriteLine((await CallLoad.RunAsync(files, callers, calls, stop)).ToString());
            }
        }

        return verified.IsClean ? 0 : 1;
    }
}
