namespace NetCore.Rpc;

/// <summary>Describes one method of a contract. Immutable, made once by generated code.</summary>
public abstract class RpcMethod
{
    private protected RpcMethod(
        string service, string name, RpcMethodKind kind, bool oneWay, bool idempotent, RpcLane lane)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Service = service;
        Name = name;
        FullName = $"{service}/{name}";
        Id = MethodId.Of(FullName);
        Kind = kind;
        OneWay = oneWay;
        Idempotent = idempotent;
        Lane = lane;
    }

    /// <summary>Name of the service on the wire.</summary>
    public string Service { get; }

    /// <summary>Name of the method on the wire, unique within its service.</summary>
    public string Name { get; }

    /// <summary><c>service/method</c>.</summary>
    public string FullName { get; }

    /// <summary>What travels instead of the name; see <see cref="MethodId"/>.</summary>
    public ulong Id { get; }

    /// <summary>Whether items are sent beside request and response, and by whom.</summary>
    public RpcMethodKind Kind { get; }

    /// <summary>No answer is sent.</summary>
    public bool OneWay { get; }

    /// <summary>Executing it twice is the same as once.</summary>
    public bool Idempotent { get; }

    /// <summary>
    /// Where it starts at the server, unless <see cref="RpcServerOptions.Lane"/> says otherwise. One with items always
    /// starts in the pool.
    /// </summary>
    public RpcLane Lane { get; }

    /// <summary>The caller sends items.</summary>
    internal bool SendsItems => (Kind & RpcMethodKind.ClientStream) != 0;

    /// <summary>The caller gets items.</summary>
    internal bool GetsItems => (Kind & RpcMethodKind.ServerStream) != 0;

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
