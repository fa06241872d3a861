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
}
