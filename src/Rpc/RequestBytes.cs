using System.Buffers;

namespace NetCore.Rpc;

/// <summary>The bytes of a span for the time in which a request is encoded; used by generated proxies.</summary>
/// <remarks>
/// A request passes through decorators as a value and can hold no span, so the bytes are copied: into a rented array
/// where the invoker is an <see cref="RpcClient"/>, which encodes before it returns, and into one of their own where it
/// is somebody else, who may keep the request.
/// </remarks>
public readonly ref struct RequestBytes
{
    private readonly byte[]? _rented;

    /// <summary>Copies <paramref name="bytes"/>.</summary>
    /// <param name="invoker">Who will get the request.</param>
    /// <param name="bytes">They may change as soon as this returns.</param>
    public RequestBytes(IInvoker invoker, ReadOnlySpan<byte> bytes)
    {
        if (invoker is RpcClient && !bytes.IsEmpty)
        {
            _rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
            bytes.CopyTo(_rented);
            Memory = _rented.AsMemory(0, bytes.Length);
        }
        else
        {
            Memory = bytes.ToArray();
        }
    }

    /// <summary>The bytes, to be put into the request; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Gives the memory back, once <see cref="IInvoker.InvokeAsync"/> has returned.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
