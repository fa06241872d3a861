using System.Buffers;

namespace NetCore.PubSub.Internal;

/// <summary>Bytes as they are.</summary>
internal sealed class BytesFormat : IMessageFormat<ReadOnlyMemory<byte>>
{
    public void Write(ReadOnlyMemory<byte> value, IBufferWriter<byte> writer) => writer.Write(value.Span);

    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> payload) => payload;
}
