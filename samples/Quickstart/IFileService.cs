using NetCore.Core;
using NetCore.Rpc;

namespace NetCore.Quickstart;

/// <summary>What the server offers: a directory tree, read only. Paths are relative to its root, with '/'.</summary>
[RpcService(Name = "quickstart.Files", JsonContext = typeof(FileJson))]
public interface IFileService
{
    /// <summary>Paths in order, from the one after <paramref name="after"/> on (null: from the first).</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask<FilePage> ListAsync(string? after, int max, CancellationToken cancellationToken = default);

    /// <summary>Length and time of the last change.</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask<FileStat> StatAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>The content in parts of 32 KiB, the last one shorter. The caller disposes each.</summary>
    [RpcMethod(Idempotent = true)]
    IAsyncEnumerable<LeasedBytes> ReadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>SHA-256 of the content.</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask<byte[]> HashAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Gives the number back: the small call that is measured.</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask<long> EchoAsync(long value, CancellationToken cancellationToken = default);

    /// <summary>Counters of the server process.</summary>
    [RpcMethod(Idempotent = true)]
    ValueTask<ServerStats> StatsAsync(CancellationToken cancellationToken = default);
}
