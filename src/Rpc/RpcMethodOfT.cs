namespace NetCore.Rpc;

/// <summary>A method with the codecs of its request and its response.</summary>
/// <typeparam name="TRequest">All parameters as one value; <see cref="Nothing"/> when there are none.</typeparam>
/// <typeparam name="TResponse">The result; <see cref="Nothing"/> when there is none.</typeparam>
public sealed class RpcMethod<TRequest, TResponse> : RpcMethod
{
    /// <summary>Creates the description.</summary>
    public RpcMethod(
        string service,
        string name,
        IMessageCodec<TRequest> requestCodec,
        IMessageCodec<TResponse> responseCodec,
        bool oneWay = false,
        bool idempotent = false,
        RpcLane lane = RpcLane.Pool)
        : base(service, name, RpcMethodKind.Unary, oneWay, idempotent, lane)
    {
        ArgumentNullException.ThrowIfNull(requestCodec);
        ArgumentNullException.ThrowIfNull(responseCodec);
        RequestCodec = requestCodec;
        ResponseCodec = responseCodec;
    }

    /// <summary>Writes and reads the request.</summary>
    public IMessageCodec<TRequest> RequestCodec { get; }

    /// <summary>Writes and reads the response.</summary>
    public IMessageCodec<TResponse> ResponseCodec { get; }
}
