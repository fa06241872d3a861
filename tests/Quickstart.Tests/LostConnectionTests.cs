using NetCore.Core;
using NetCore.Rpc;

namespace NetCore.Quickstart.Tests;

/// <summary>The server goes away in the middle of the client's work.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("netcore-lost-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Theory]
    [InlineData(Vanishing.InList)]
    [InlineData(Vanishing.InStat)]
    [InlineData(Vanishing.InEcho)]
    public async Task A_lost_connection_ends_the_client_with_one_line(string where)
    {
        var service = new Vanishing(where);
        await using var server = await RpcServer.ListenAsync(
            $"unix://{_scratch.FullName}/server.sock",
            new FileServiceDispatcher(service),
            cancellationToken: TestContext.Current.CancellationToken);
        service.Vanish = () => server.StopAsync(TimeSpan.FromMilliseconds(1)).AsTask();

        var address = server.Address.ToString();
        var (exit, output) = await QuickstartProcess.RunAsync("--connect", address, "--calls", "1000");

        Assert.Equal(1, exit);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var line = Assert.Single(lines, line => line.Contains("failed", StringComparison.Ordinal));
        Assert.StartsWith($"The connection to {address} is lost", line, StringComparison.Ordinal);
        Assert.DoesNotContain("PROBLEMS", output, StringComparison.Ordinal);
        Assert.DoesNotContain("outstanding", output, StringComparison.Ordinal);
    }

    /// <summary>Serves many files without content, and stops its server in the middle of one method.</summary>
    private sealed class Vanishing(string where) : IFileService
    {
        public const string InList = "list";
        public const string InStat = "stat";
        public const string InEcho = "echo";

        private static readonly byte[] HashOfNothing = System.Security.Cryptography.SHA256.HashData([]);

        private int _stats;

        public Func<Task> Vanish { get; set; } = null!;

        public async ValueTask<FilePage> ListAsync(string? after, int max, CancellationToken cancellationToken)
        {
            await VanishAsync(InList);
            return new FilePage([.. Enumerable.Range(0, 500).Select(i => $"file{i}")], More: false);
        }

        public async ValueTask<FileStat> StatAsync(string path, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _stats) == 100)
            {
                await VanishAsync(InStat);
            }

            return default;
        }

        public IAsyncEnumerable<LeasedBytes> ReadAsync(string path, CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<LeasedBytes>();

        public ValueTask<byte[]> HashAsync(string path, CancellationToken cancellationToken) => new(HashOfNothing);

        public async ValueTask<long> EchoAsync(long value, CancellationToken cancellationToken)
        {
            await VanishAsync(InEcho);
            return value;
        }

        public ValueTask<ServerStats> StatsAsync(CancellationToken cancellationToken) => default;

        private Task VanishAsync(string here) => here == where ? Vanish() : Task.CompletedTask;
    }
}
