using System.Globalization;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Writes the codecs of one method.</summary>
internal sealed class CodecWriter(ServiceModel service, SourceWriter output)
{
    public void Write(MethodNames names)
    {
        var method = names.Method;
        var place = $"{service.WireName}/{method.WireName}";
        if (names.RequestCodec is { } requestCodec)
        {
            var isSingle = names.Request is null;
            var parts = method.Parameters.Select((p, i) => new CodecPart(
                p.Type,
                isSingle ? "value" : $"value.{Names.Escape(names.Properties[i])}",
                $"part{i.ToString(CultureInfo.InvariantCulture)}",
                $"Info{i.ToString(CultureInfo.InvariantCulture)}",
                $"Parameter '{p.Name}' of {place} is null.")).ToList();
            Write(requestCodec, names.RequestType(service), parts, isSingle);
        }

        if (names.ResponseCodec is { } responseCodec)
        {
            var result = new CodecPart(method.Result!, "value", "part0", "Info0", $"The result of {place} is null.");
            Write(responseCodec, method.Result!.Name, [result], isSingle: true);
        }

        WriteItem(names.SentCodec, method.Sent?.Item, place);
        WriteItem(names.ReceivedCodec, method.Received, place);
    }

    private void WriteItem(string? codec, WireType? item, string place)
    {
        if (codec is not null)
        {
            var part = new CodecPart(item!, "value", "part0", "Info0", $"An item of {place} is null.");
            Write(codec, item!.Name, [part], isSingle: true);
        }
    }

    private void Write(string codec, string type, List<CodecPart> parts, bool isSingle)
    {
        var isPlain = parts.All(p => p.Type.Kind != WireKind.Json) ? "true" : "false";
        output.Line();
        output.Open($"private sealed class {codec} : global::NetCore.Rpc.IMessageCodec<{type}>");
        WriteInfos(parts);
        WriteSizeCheck(codec, parts);
        output.Line($"public bool IsPlain => {isPlain};");
        output.Line();
        WriteEncode(type, parts);
        output.Line();
        WriteDecode(type, parts, isSingle);
        output.Close();
    }

    private void WriteInfos(List<CodecPart> parts)
    {
        const string info = "global::System.Text.Json.Serialization.Metadata.JsonTypeInfo";
        foreach (var part in parts.Where(p => p.Type.Kind == WireKind.Json))
        {
            var type = $"{info}<{part.Type.Name}>";
            output.Line($"private static readonly {type} {part.Info} =");
            output.Indented($"({type}){service.JsonContext}.Default.GetTypeInfo(typeof({part.Type.TypeOfName}))!;");
            output.Line();
        }
    }

    /// <summary>A structure of another assembly may have changed since; padding must never reach the wire.</summary>
    private void WriteSizeCheck(string codec, List<CodecPart> parts)
    {
        var types = parts.Select(p => p.Type).Where(t => t.CheckedSize > 0).Distinct().ToList();
        if (types.Count == 0)
        {
            return;
        }

        output.Open($"public {codec}()");
        foreach (var type in types)
        {
            var size = type.CheckedSize.ToString(CultureInfo.InvariantCulture);
            var text = Names.Literal($"{type.Name} no longer has the {size} bytes that the contract was compiled for.");
            output.Open($"if (global::System.Runtime.CompilerServices.Unsafe.SizeOf<{type.Name}>() != {size})");
            output.Line($"throw new global::System.InvalidOperationException({text});");
            output.Close();
        }

        output.Close();
        output.Line();
    }

    private void WriteEncode(string type, List<CodecPart> parts)
    {
        output.Open($"public void Encode(in {type} value, global::NetCore.Rpc.RpcWriter writer)");

        // A lease counts as handed over when its turn comes; the others must not leak when a value before them fails.
        var leased = parts.Where(p => p.Type.Kind == WireKind.Leased).ToList();
        var isGuarded = leased.Count > 0 && parts.Count > 1;
        if (isGuarded)
        {
            output.Line("var handedOver = 0;");
            output.Open("try");
        }

        var turn = 0;
        foreach (var part in parts)
        {
            if (isGuarded && part.Type.Kind == WireKind.Leased)
            {
                output.Line($"handedOver = {(++turn).ToString(CultureInfo.InvariantCulture)};");
            }

            output.Line(part.Write());
        }

        if (isGuarded)
        {
            output.Close();
            output.Open("catch");
            for (var i = 0; i < leased.Count; i++)
            {
                output.Open($"if (handedOver < {(i + 1).ToString(CultureInfo.InvariantCulture)})");
                output.Line($"{leased[i].Value}.Dispose();");
                output.Close();
                output.Line();
            }

            output.Line("throw;");
            output.Close();
        }

        output.Close();
    }

    private void WriteDecode(string type, List<CodecPart> parts, bool isSingle)
    {
        output.Open($"public {type} Decode(ref global::NetCore.Rpc.RpcReader reader)");

        // Bytes of the peer that turn out wrong after a lease was taken must not keep it.
        var leased = parts.Where(p => p.Type.Kind == WireKind.Leased).ToList();
        foreach (var part in leased)
        {
            output.Line($"{part.Type.Name} {part.Local} = default;");
        }

        if (leased.Count > 0)
        {
            output.Open("try");
        }

        foreach (var part in parts)
        {
            output.Line($"{(part.Type.Kind == WireKind.Leased ? "" : "var ")}{part.Local} = {part.Read()};");
        }

        output.Line("reader.ExpectEnd();");
        var locals = string.Join(", ", parts.Select(p => p.Local));
        output.Line(isSingle ? $"return {locals};" : $"return new {type}({locals});");
        if (leased.Count > 0)
        {
            output.Close();
            output.Open("catch");
            foreach (var part in leased)
            {
                output.Line($"{part.Local}.Dispose();");
            }

            output.Line("throw;");
            output.Close();
        }

        output.Close();
    }
}
