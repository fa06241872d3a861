namespace NetCore.Rpc;

/// <summary>A method with items in one direction or both, with its codecs.</summary>
/// <typeparam name="TRequest">The parameters that are no stream, as one value.</typeparam>
/// <typeparam name="TSent">What the caller sends; <see cref="Nothing"/> when it sends none.</typeparam>
/// <typeparam name="TReceived">What the caller gets; <see cref="Nothing"/> when it gets none.</typeparam>
/// <typeparam name="TResponse">The result after the items; <see cref="Nothing"/> when there is none.</typeparam>
public sealed class RpcStreamMethod<TRequest, TSent, TReceived, TResponse> : RpcMethod
{
    /// <summary>Creates the description.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is that of a unary method, or none.</exception>
    public RpcStreamMethod(
        string service,
        string name,
        RpcMethodKind kind,
        IMessageCodec<TRequest> requestCodec,
        IMessageCodec<TSent> sentCodec,
        IMessageCodec<TReceived> receivedCodec,
        IMessageCodec<TResponse> responseCodec,
        bool idempotent = false)
        : base(service, name, kind, oneWay: false, idempotent, RpcLane.Pool)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)kind, (int)RpcMethodKind.ClientStream, nameof(kind));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)kind, (int)RpcMethodKind.Duplex, nameof(kind));
        ArgumentNullException.ThrowIfNull(requestCodec);
        ArgumentNullException.ThrowIfNull(sentCodec);
        ArgumentNullException.ThrowIfNull(receivedCodec);
        ArgumentNullException.ThrowIfNull(responseCodec);
        RequestCodec = requestCodec;
        SentCodec = sentCodec;
        ReceivedCodec = receivedCodec;
        ResponseCodec = responseCodec;
    }

    /// <summary>Writes and reads the request.</summary>
    public IMessageCodec<TRequest> RequestCodec { get; }

    /// <summary>Writes and reads the caller's items.</summary>
    public IMessageCodec<TSent> SentCodec { get; }

    /// <summary>Writes and reads the items for the caller.</summary>
    public IMessageCodec<TReceived> ReceivedCodec { get; }

    /// <summary>Writes and reads the response.</summary>
    public IMessageCodec<TResponse> ResponseCodec { get; }
}
