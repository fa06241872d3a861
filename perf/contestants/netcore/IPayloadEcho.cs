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
}
