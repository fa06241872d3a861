using NetCore.Rpc;

namespace NetCore.Independent.Tests;

/// <summary>What the second implementation calls.</summary>
[RpcService(Name = "independent")]
public interface IIndependent
{
    ValueTask<int> AddAsync(int left, int right, CancellationToken cancellationToken = default);

    ValueTask<byte[]> EchoAsync(byte[] bytes, CancellationToken cancellationToken = default);

    /// <summary>Ends when it is cancelled.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>How many wait.</summary>
    ValueTask<int> WaitingAsync(CancellationToken cancellationToken = default);

    /// <summary>How many have been cancelled.</summary>
    ValueTask<int> CancelledAsync(CancellationToken cancellationToken = default);

    /// <summary>Numbers from 0 on.</summary>
    IAsyncEnumerable<int> CountAsync(int count);

    /// <summary>The same, without an end.</summary>
    IAsyncEnumerable<int> EndlessAsync(CancellationToken cancellationToken = default);

    /// <summary>The same, and then an error.</summary>
    IAsyncEnumerable<int> FailAsync(int count);

    /// <summary>Items whose encoding has so many bytes.</summary>
    IAsyncEnumerable<byte[]> BlocksAsync(int count, int length);

    ValueTask<long> SumAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken = default);

    /// <summary>The sum of the bytes that the items' encodings have.</summary>
    ValueTask<long> LengthsAsync(IAsyncEnumerable<byte[]> items, CancellationToken cancellationToken = default);

    IAsyncEnumerable<byte[]> MirrorAsync(IAsyncEnumerable<byte[]> items);
}
