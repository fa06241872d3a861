using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The contract of the netcore contestant.</summary>
[RpcService(Name = "bench.echo")]
public interface IPayloadEcho
{
    /// <summary>Gives back what it gets.</summary>
    ValueTask<Payload32> EchoAsync(Payload32 payload);

    /// <summary>The same for any number of bytes.</summary>
    ValueTask<ReadOnlyMemory<byte>> EchoBytesAsync(ReadOnlyMemory<byte> payload);

    /// <summary>Gives without end; the first eight bytes count on.</summary>
    IAsyncEnumerable<Payload32> GiveAsync(Payload32 payload, CancellationToken cancellationToken = default);

    /// <summary>Gives back each item.</summary>
    IAsyncEnumerable<Payload32> ChatAsync(IAsyncEnumerable<Payload32> items);

    /// <summary>The bytes of all items.</summary>
    ValueTask<long> SinkAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items);
}
