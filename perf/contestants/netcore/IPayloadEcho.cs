using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The contract of the netcore contestant.</summary>
[RpcService(Name = "bench.echo")]
public interface IPayloadEcho
{
    /// <summary>Gives back what it gets.</summary>
    ValueTask<Payload32> EchoAsync(Payload32 payload);
}
