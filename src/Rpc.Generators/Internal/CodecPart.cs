namespace NetCore.Rpc.Generators.Internal;

/// <summary>One value of a message in the code of its codec.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">The expression that gives it when writing.</param>
/// <param name="Local">The variable that holds it when reading.</param>
/// <param name="Info">The field with its JSON metadata.</param>
/// <param name="NullText">What to say when it is null and must not be.</param>
internal sealed record CodecPart(WireType Type, string Value, string Local, string Info, string NullText)
{
    public string Write() => Type.Kind switch
    {
        WireKind.Bytes => $"writer.WriteBytes({Value}.Span);",
        WireKind.ByteArray => $"writer.WriteByteArray({Value}{OrThrow});",
        WireKind.Text => $"writer.WriteString({Value}{OrThrow});",
        WireKind.Leased => $"writer.WriteLeased({Value});",
        WireKind.Boolean => $"writer.WriteBoolean({Value});",
        WireKind.Blittable => $"writer.WriteBlittable({Value});",
        _ => $"writer.WriteJson({Value}{OrThrow}, {Info});",
    };

    public string Read() => Type.Kind switch
    {
        WireKind.Bytes => "reader.ReadMemory()",
        WireKind.ByteArray => $"reader.ReadByteArray(){OrThrow}",
        WireKind.Text => $"reader.ReadString(){OrThrow}",
        WireKind.Leased => "reader.ReadLeased()",
        WireKind.Boolean => "reader.ReadBoolean()",
        WireKind.Blittable => $"reader.ReadBlittable<{Type.Name}>()",
        _ => $"reader.ReadJson({Info}){OrThrow}",
    };

    private string OrThrow => Type.MustNotBeNull
        ? $" ?? throw new global::NetCore.Rpc.RpcFormatException({Names.Literal(NullText)})"
        : "";
}
