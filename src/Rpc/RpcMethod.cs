namespace NetCore.Rpc;

/// <summary>Describes one method of a contract. Immutable, made once by generated code.</summary>
public abstract class RpcMethod
{
    private protected RpcMethod(string service, string name, bool oneWay, bool idempotent)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Service = service;
        Name = name;
        FullName = $"{service}/{name}";
        Id = MethodId.Of(FullName);
        OneWay = oneWay;
        Idempotent = idempotent;
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

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
