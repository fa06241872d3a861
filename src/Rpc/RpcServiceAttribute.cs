namespace NetCore.Rpc;

/// <summary>
/// Marks an interface as a service contract: the generator writes <c>XClient</c> and <c>XDispatcher</c> for <c>IX</c>.
/// </summary>
/// <remarks>
/// Methods return <see cref="ValueTask"/> or <see cref="ValueTask{TResult}"/>; a last parameter of type
/// <see cref="CancellationToken"/> is not sent. What is not supported is a compile error with an id (NCRPC001 and up).
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class RpcServiceAttribute : Attribute
{
    /// <summary>
    /// Name on the wire. Default: the interface's full name. Set it to keep the wire when the code is renamed.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// A source-generated <c>JsonSerializerContext</c> for the types that are neither bytes, text nor blittable.
    /// Default: none; then such types are compile errors.
    /// </summary>
    public Type? JsonContext { get; init; }
}
