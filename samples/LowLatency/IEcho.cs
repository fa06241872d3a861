using NetCore.Rpc;

namespace NetCore.LowLatency;

/// <summary>The call that is measured.</summary>
[RpcService(Name = "lowlatency.Echo")]
public interface IEcho
{
    /// <summary>Gives the order back.</summary>
    [RpcMethod(Lane = RpcLane.Inline)]
    ValueTask<Order> EchoAsync(Order order, CancellationToken cancellationToken = default);
}

/// <summary>Travels as its 32 bytes.</summary>
public readonly record struct Order(long Id, long Instrument, long Price, long Quantity);

/// <summary>The server's side of it.</summary>
internal sealed class EchoService : IEcho
{
    public ValueTask<Order> EchoAsync(Order order, CancellationToken cancellationToken) => new(order);
}
