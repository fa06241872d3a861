using System.Diagnostics;
using System.Security.Cryptography;
using NetCore.Rpc;

namespace NetCore.Quickstart;

/// <summary>
/// Lists a served tree, fetches every file as a stream of parts and compares its SHA-256 with the server's and the
/// disk's.
/// </summary>
internal sealed class FileVerifier(IFileService files, SafeRoot? disk)
{
    private const int ParallelFiles = 8;

    private readonly List<string> _problems = [];
    private int _calls;
    private int _files;
    private long _bytes;

    public async Task<VerifyResult> RunAsync(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var paths = await ListAsync(stop);
        if (paths.Count == 0)
        {
            _problems.Add("The served tree has no files.");
        }

        using var progress = new ProgressLine(() => $"  {_files:N0} of {paths.Count:N0} files verified");
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = stop };
        await Parallel.ForEachAsync(paths, options, async (path, token) => await VerifyAsync(path, token));
        return new VerifyResult(_files, _bytes, _calls, watch.Elapsed, _problems);
    }

    private async Task<List<string>> ListAsync(CancellationToken stop)
    {
        var paths = new List<string>();
        FilePage page;
        do
        {
            Interlocked.Increment(ref _calls);
            page = await files.ListAsync(paths.Count == 0 ? null : paths[^1], 500, stop);
            paths.AddRange(page.Paths);
        }
        while (page.More);
        return paths;
    }

    private async Task VerifyAsync(string path, CancellationToken stop)
    {
        try
        {
            // A file that is written while it is fetched is looked at once more.
            var problem = await CompareAsync(path, stop) is null ? null : await CompareAsync(path, stop);
            if (problem is not null)
            {
                Report(problem);
            }
        }
        catch (Exception e) when (IsOfThisFile(e))
        {
            Report($"{path}: {e.Message}");
        }

        Interlocked.Increment(ref _files);
    }

    // Without a connection no other file could be fetched either: that ends the whole run.
    private static bool IsOfThisFile(Exception e) =>
        e is IOException or UnauthorizedAccessException
            or RpcException { Code: not (RpcErrorCode.Unavailable or RpcErrorCode.Draining) };

    private async Task<string?> CompareAsync(string path, CancellationToken stop)
    {
        var stat = await files.StatAsync(path, stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = await FetchAsync(path, hash, stop);
        var fetched = hash.GetHashAndReset();
        var served = await files.HashAsync(path, stop);
        Interlocked.Add(ref _calls, 2);
        if (length != stat.Length)
        {
            return $"{path}: {length} bytes came, {stat.Length} were announced.";
        }

        if (!fetched.AsSpan().SequenceEqual(served))
        {
            return $"{path}: the content that came has another SHA-256 than the server computed.";
        }

        return disk is null || (await HashOnDiskAsync(disk, path, stop)).AsSpan().SequenceEqual(fetched)
            ? null
            : $"{path}: the content that came has another SHA-256 than the file on this disk.";
    }

    private static async Task<byte[]> HashOnDiskAsync(SafeRoot disk, string path, CancellationToken stop)
    {
        await using var stream = File.OpenRead(disk.Resolve(path));
        return await SHA256.HashDataAsync(stream, stop);
    }

    private async Task<long> FetchAsync(string path, IncrementalHash hash, CancellationToken stop)
    {
        long length = 0;
        Interlocked.Increment(ref _calls);
        await foreach (var part in files.ReadAsync(path, stop))
        {
            using (part)
            {
                foreach (var piece in part.Sequence)
                {
                    hash.AppendData(piece.Span);
                }

                length += part.Length;
                Interlocked.Add(ref _bytes, part.Length);
            }
        }

        return length;
    }

    private void Report(string problem)
    {
        lock (_problems)
        {
            _problems.Add(problem);
        }
    }
}
