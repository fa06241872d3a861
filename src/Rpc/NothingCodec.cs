namespace NetCore.Rpc;

/// <summary>Codec of <see cref="Nothing"/>: zero bytes.</summary>
public sealed class NothingCodec : IMessageCodec<Nothing>
{
    private NothingCodec()
    {
    }

    /// <summary>The instance.</summary>
    public static NothingCodec Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsPlain => true;

    /// <inheritdoc/>
    public void Encode(in Nothing value, RpcWriter writer)
    {
    }

    /// <inheritdoc/>
    public Nothing Decode(ref RpcReader reader) => default;
}
