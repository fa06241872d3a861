using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NetCore.PubSub.Internal;

/// <summary>UTF-8 JSON.</summary>
internal sealed class JsonFormat<T>(JsonTypeInfo<T> typeInfo) : IMessageFormat<T>
{
    public void Write(T value, IBufferWriter<byte> writer)
    {
        using var json = new Utf8JsonWriter(writer);
        JsonSerializer.Serialize(json, value, typeInfo);
    }

    public T Read(ReadOnlyMemory<byte> payload) => JsonSerializer.Deserialize(payload.Span, typeInfo)!;
}
