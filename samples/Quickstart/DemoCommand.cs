using System.Diagnostics;

namespace NetCore.Quickstart;

/// <summary>Runs both halves as processes, on a Unix domain socket and on loopback TCP.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(QuickstartOptions options, CancellationToken stop)
    {
        var root = Path.GetFullPath(options.Root ?? RepositoryRoot.Find());

        // It says here what is wrong with it, not in a child.
        if (!new SafeRoot(root).HasFiles)
        {
            Console.Error.WriteLine($"'{root}' has no files to serve. Give another directory with --root.");
            return 1;
        }

        var scratch = Directory.CreateTempSubdirectory("netcore-quickstart-");
        try
        {
            Console.WriteLine($"Serving {root}");
            var calls = options.Calls / 2;
            var changing = scratch.CreateSubdirectory("changing").FullName;
            var unix = await RunPairAsync(
                $"unix://{scratch.FullName}/files.sock", root, changing, calls, options, stop);
            var tcp = await RunPairAsync("tcp://127.0.0.1:0", root, changing, options.Calls - calls, options, stop);
            Console.WriteLine(unix + tcp == 0
                ? "All hashes matched on both transports."
                : "NOT everything matched; see above.");
            return unix + tcp == 0 ? 0 : 1;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<int> RunPairAsync(
        string address, string root, string changing, int calls, QuickstartOptions options, CancellationToken stop)
    {
        using var server = ChildProcess.Start(
            readOutput: true,
            [
                "--listen", address, "--root", root, "--watch", changing, "--stop-with-input",
                .. options.TransportArguments, .. options.LaneArguments,
            ]);
        var listening = await server.ReadLineAsync(stop);
        if (listening?.StartsWith("listening ", StringComparison.Ordinal) != true)
        {
            throw new IOException($"The server process did not start: {listening ?? "it ended at once"}.");
        }

        Console.WriteLine($"\nserver process {server.Id} {listening}");
        using var client = ChildProcess.Start(
            readOutput: false,
            [
                "--connect", listening["listening ".Length..], "--root", root, "--scratch", changing,
                "--calls", $"{calls}",
                .. options.TransportArguments,
            ]);
        var result = await client.WaitAsync(stop);
        server.CloseInput();
        var served = await server.WaitAsync(stop);
        return result + served;
    }
}
