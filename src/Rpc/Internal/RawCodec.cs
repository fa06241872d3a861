using System.Buffers;

namespace NetCore.Rpc.Internal;

/// <summary>Bytes as they are: the item's own length is their length.</summary>
internal sealed class RawCodec : IMessageCodec<ReadOnlyMemory<byte>>
{
    public static RawCodec Instance { get; } = new();

    public bool IsPlain => true;

    public void Encode(in ReadOnlyMemory<byte> value, RpcWriter writer) => writer.Message.Write(value.Span);

    public ReadOnlyMemory<byte> Decode(ref RpcReader reader) =>
        throw new NotSupportedException("Raw items are taken from RpcStream.Current.");
}
