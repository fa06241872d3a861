using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using NetCore.Core;
using NetCore.Rpc;

namespace NetCore.Quickstart;

/// <summary>Serves the files below a root. Blocking reads are fine where handlers run on the thread pool.</summary>
public sealed class FileService(SafeRoot root, BlockPool blocks) : IFileService
{
    private const int MaxPage = 1000;

    private readonly Lazy<List<string>> _paths = new(root.List);

    /// <inheritdoc/>
    public ValueTask<FilePage> ListAsync(string? after, int max, CancellationToken cancellationToken)
    {
        var paths = _paths.Value;
        var start = 0;
        if (after is not null)
        {
            start = paths.BinarySearch(after, StringComparer.Ordinal);
            start = start < 0 ? ~start : start + 1;
        }

        var page = paths.GetRange(start, Math.Min(Math.Clamp(max, 1, MaxPage), paths.Count - start));
        return new(new FilePage(page, start + page.Count < paths.Count));
    }

    /// <inheritdoc/>
    public ValueTask<FileStat> StatAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(root.Resolve(path));
        return new(new FileStat(file.Length, file.LastWriteTimeUtc.Ticks));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LeasedBytes> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var handle = Open(path);
        long offset = 0;
        while (await ReadPartAsync(handle, offset, cancellationToken) is { Length: > 0 } part)
        {
            offset += part.Length;

            // A reader that is slow stops this here: no more than a window of parts is under way.
            yield return part;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(Open(path), FileAccess.Read);
        return await SHA256.HashDataAsync(stream, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> EchoAsync(long value, CancellationToken cancellationToken) => new(value);

    /// <inheritdoc/>
    public ValueTask<ServerStats> StatsAsync(CancellationToken cancellationToken) =>
        new(new ServerStats(GC.GetTotalAllocatedBytes(precise: true)));

    // Into the network's own memory: these bytes go to the socket without another copy.
    private async ValueTask<LeasedBytes> ReadPartAsync(SafeFileHandle file, long offset, CancellationToken stop)
    {
        var block = blocks.Rent(BlockSize.Large, "file part");
        try
        {
            var read = await RandomAccess.ReadAsync(file, block.Memory, offset, stop);
            if (read > 0)
            {
                return new LeasedBytes(new Lease(block, 0, read));
            }

            block.Release();
            return default;
        }
        catch
        {
            block.Release();
            throw;
        }
    }

    // Why a file cannot be read is for the caller to know; what else a handler throws only the server's log tells.
    private SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(root.Resolve(path), options: FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = e is UnauthorizedAccessException ? "the server may not read it" : "it cannot be opened";
            throw new RpcException(RpcErrorCode.Rejected, $"The path '{path}' is refused: {why}.");
        }
    }
}
