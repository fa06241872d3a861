namespace NetCore.Rpc;

/// <summary>Says more about one method of a service contract.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RpcMethodAttribute : Attribute
{
    /// <summary>Name on the wire. Default: the method's name without a final <c>Async</c>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// No answer is sent: the call is complete when its request is on its way, and what happens at the server stays
    /// unknown. Waiting for its turn until its deadline it is dropped, with a warning in the log of the client's world.
    /// Only for methods that return <see cref="ValueTask"/>. Default: false.
    /// </summary>
    public bool OneWay { get; init; }

    /// <summary>Executing it twice is the same as once; layers above may then repeat it. Default: false.</summary>
    public bool Idempotent { get; init; }

    /// <summary>
    /// Where the method starts at the server. Default: <see cref="RpcLane.Pool"/>. A method on
    /// <see cref="RpcLane.Inline"/> may take its last parameter as a <see cref="ReadOnlySpan{T}"/> of bytes.
    /// </summary>
    public RpcLane Lane { get; init; }
}
