namespace NetCore.Rpc.Generators.Internal;

/// <summary>How a value is written.</summary>
internal enum WireKind
{
    /// <summary><c>ReadOnlyMemory&lt;byte&gt;</c>.</summary>
    Bytes,

    /// <summary><c>byte[]</c>.</summary>
    ByteArray,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>LeasedBytes</c>.</summary>
    Leased,

    /// <summary><c>bool</c>.</summary>
    Boolean,

    /// <summary>A value as it lies in memory.</summary>
    Blittable,

    /// <summary>Everything else.</summary>
    Json,
}
