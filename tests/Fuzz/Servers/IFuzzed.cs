using NetCore.Rpc;

namespace NetCore.Fuzz.Servers;

/// <summary>A contract with a method of each kind.</summary>
[RpcService(Name = "fuzz")]
internal interface IFuzzed
{
    ValueTask<int> AddAsync(int left, int right);

    ValueTask<byte[]?> EchoAsync(byte[]? bytes, string? text, Guid id, bool flag);

    [RpcMethod(OneWay = true)]
    ValueTask NoteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends when it is cancelled.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>Numbers from 0 on, 1,000 at most.</summary>
    IAsyncEnumerable<int> CountAsync(int count);

    ValueTask<long> SumAsync(IAsyncEnumerable<int> items);

    IAsyncEnumerable<byte[]> MirrorAsync(int first, IAsyncEnumerable<byte[]> items);
}
