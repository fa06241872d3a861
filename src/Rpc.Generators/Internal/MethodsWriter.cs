namespace NetCore.Rpc.Generators.Internal;

/// <summary>Writes the descriptions of the methods with their request types and codecs.</summary>
internal sealed class MethodsWriter(ServiceModel service, List<MethodNames> methods, SourceWriter output)
{
    public void Write()
    {
        var contract = service.Global(service.InterfaceName);
        output.Line($"/// <summary>The methods of <see cref=\"{contract}\"/> as they are on the wire.</summary>");
        output.Line(ServiceWriter.GeneratedCode);
        output.Open($"{service.Accessibility} static class {service.Stem}Methods");
        var codecs = new CodecWriter(service, output);
        for (var i = 0; i < methods.Count; i++)
        {
            if (i > 0)
            {
                output.Line();
            }

            WriteDescriptor(methods[i]);
        }

        foreach (var names in methods)
        {
            WriteRequest(names);
            codecs.Write(names);
        }

        output.Close();
    }

    private void WriteDescriptor(MethodNames names)
    {
        var method = names.Method;
        var request = names.RequestType(service);
        var type = method.IsStream
            ? $"global::NetCore.Rpc.RpcStreamMethod<{request}, {names.SentType}, {names.ReceivedType}, "
                + $"{names.ResponseType}>"
            : $"global::NetCore.Rpc.RpcMethod<{request}, {names.ResponseType}>";
        var fullName = Names.Xml($"{service.WireName}/{method.WireName}");
        output.Line($"/// <summary>The method <c>{fullName}</c>.</summary>");
        output.Line($"public static {type} {Names.Escape(names.Member)} {{ get; }} = new(");
        output.Indented($"{Names.Literal(service.WireName)},");
        output.Indented($"{Names.Literal(method.WireName)},");
        if (method.IsStream)
        {
            output.Indented($"global::NetCore.Rpc.RpcMethodKind.{method.Kind},");
            output.Indented($"{Codec(names.RequestCodec)},");
            output.Indented($"{Codec(names.SentCodec)},");
            output.Indented($"{Codec(names.ReceivedCodec)},");
            output.Indented($"{Codec(names.ResponseCodec)},");
            output.Indented($"idempotent: {(method.Idempotent ? "true" : "false")});");
            return;
        }

        output.Indented($"{Codec(names.RequestCodec)},");
        output.Indented($"{Codec(names.ResponseCodec)},");
        output.Indented($"oneWay: {(method.OneWay ? "true" : "false")},");
        output.Indented($"idempotent: {(method.Idempotent ? "true" : "false")},");
        output.Indented($"lane: global::NetCore.Rpc.RpcLane.{(method.IsInline ? "Inline" : "Pool")});");
    }

    private void WriteRequest(MethodNames names)
    {
        if (names.Request is null)
        {
            return;
        }

        var fields = new List<string>();
        output.Line();
        output.Line($"/// <summary>The parameters of <see cref=\"{Names.Escape(names.Member)}\"/>.</summary>");
        for (var i = 0; i < names.Properties.Length; i++)
        {
            var parameter = names.Method.Parameters[i];
            var property = Names.Escape(names.Properties[i]);
            output.Line($"/// <param name=\"{names.Properties[i]}\">The parameter <c>{parameter.Name}</c>.</param>");
            fields.Add($"{parameter.Type.Name} {property}");
        }

        output.Line($"public readonly record struct {Names.Escape(names.Request)}({string.Join(", ", fields)});");
    }

    private static string Codec(string? name) =>
        name is null ? "global::NetCore.Rpc.NothingCodec.Instance" : $"new {name}()";
}
