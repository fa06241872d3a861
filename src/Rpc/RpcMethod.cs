namespace NetCore.Rpc;

/// <summary>Describes one method of a contract. Immutable, made once by generated code.</summary>
public abstract class RpcMethod
{
    private protected RpcMethod(string service, string name, bool oneWay, bool idempotent, RpcLane lane)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Service = service;
        Name = name;
        FullName = $"{service}/{name}";
        Id = MethodId.Of(FullName);
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

    /// <summary>No answer is sent.</summary>
    public bool OneWay { get; }

    /// <summary>Executing it twice is the same as once.</summary>
    public bool Idempotent { get; }

    /// <summary>Where it starts at the server, unless <see cref="RpcServerOptions.Lane"/> says otherwise.</summary>
    public RpcLane Lane { get; }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
