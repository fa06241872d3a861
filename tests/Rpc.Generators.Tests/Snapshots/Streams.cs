
namespace Demo.Contracts;

/// <summary>Streams in every direction.</summary>
[RpcService(Name = "demo.streams")]
public interface IStreams
{
    /// <summary>Items from the server.</summary>
    IAsyncEnumerable<int> CountAsync(int from, CancellationToken cancellationToken = default);

    /// <summary>Items to the server.</summary>
    ValueTask<long> SumAsync(IAsyncEnumerable<long> values);

    /// <summary>Items in both directions, beside an argument.</summary>
    IAsyncEnumerable<string> ChatAsync(
        string room, IAsyncEnumerable<string> lines, CancellationToken cancellationToken = default);

    /// <summary>Lent bytes.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string path);

    /// <summary>Bytes that are given away, and no result.</summary>
    [RpcMethod(Name = "write")]
    ValueTask WritePartsAsync(
        string path, IAsyncEnumerable<LeasedBytes> parts, CancellationToken cancellationToken = default);
}
