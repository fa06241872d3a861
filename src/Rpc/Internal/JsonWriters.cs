using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NetCore.Rpc.Internal;

/// <summary>Writes JSON straight into a message.</summary>
internal static class JsonWriters
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    public static void Write<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> typeInfo)
    {
        // A writer object per value: JSON allocates for the value itself anyway, and a cache would be a static.
        using var writer = new Utf8JsonWriter(output, Options);
        JsonSerializer.Serialize(writer, value, typeInfo);
    }
}
