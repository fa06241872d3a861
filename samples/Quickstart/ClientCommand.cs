using NetCore.Rpc;

namespace NetCore.Quickstart;

/// <summary>The client half: fetches and verifies every file, then makes small calls, and prints what it saw.</summary>
internal static class ClientCommand
{
    public static async Task<int> RunAsync(QuickstartOptions options, CancellationToken stop)
    {
        await using var client = await RpcClient.ConnectAsync(options.Connect!, cancellationToken: stop);
        IFileService files = new FileServiceClient(client);
        Console.WriteLine($"connected to {client.Address}");

        var disk = options.Root is null ? null : new SafeRoot(options.Root);
        var verified = await new FileVerifier(files, disk).RunAsync(stop);
        Console.WriteLine(verified.ToString());

        var single = await CallLoad.RunAsync(files, callers: 1, options.Calls / 5, stop);
        Console.WriteLine(single.ToString());
        var many = await CallLoad.RunAsync(files, callers: 64, options.Calls - (options.Calls / 5), stop);
        Console.WriteLine(many.ToString());
        return verified.IsClean ? 0 : 1;
    }
}
