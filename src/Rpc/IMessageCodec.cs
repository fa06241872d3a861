namespace NetCore.Rpc;

/// <summary>Turns values into bytes and back. Stateless and thread-safe: one instance serves all calls.</summary>
/// <typeparam name="T">The value.</typeparam>
public interface IMessageCodec<T>
{
    /// <summary>
    /// True when decoding is short and runs no user code (bytes, text, blittable values): it may then run in the
    /// receive callback. False:
    /// it runs on the thread that continues the call or runs the handler.
    /// </summary>
    bool IsPlain { get; }

    /// <summary>Writes <paramref name="value"/>; what it refers to may change as soon as this returns.</summary>
    void Encode(in T value, RpcWriter writer);

    /// <summary>Reads a value. Bytes left over are an error that the caller reports.</summary>
    /// <exception cref="RpcFormatException">The bytes are not such a value.</exception>
    T Decode(ref RpcReader reader);
}
