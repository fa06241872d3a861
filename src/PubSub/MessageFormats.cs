using System.Text.Json.Serialization.Metadata;
using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>Ready formats.</summary>
public static class MessageFormats
{
    /// <summary>Bytes as they are; those received are lent.</summary>
    public static IMessageFormat<ReadOnlyMemory<byte>> Bytes { get; } = new BytesFormat();

    /// <summary>UTF-8 text; invalid UTF-8 is read with replacement characters.</summary>
    public static IMessageFormat<string> Text { get; } = new TextFormat();

    /// <summary>UTF-8 JSON with source-generated metadata.</summary>
    public static IMessageFormat<T> Json<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new JsonFormat<T>(typeInfo);
    }

    /// <summary>A value without references, as its bytes lie in memory (little-endian machines only).</summary>
    public static IMessageFormat<T> Blittable<T>()
        where T : unmanaged => new BlittableFormat<T>();
}
