using System.Globalization;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Writes the dispatcher: a switch over numbers that are constants, and one small method per call.</summary>
internal sealed class DispatcherWriter(ServiceModel service, List<MethodNames> methods, SourceWriter output)
{
    private const string Call = "global::NetCore.Rpc.IncomingCall";
    private const string Method = "global::NetCore.Rpc.RpcMethod";
    private const string Task = "global::System.Threading.Tasks.ValueTask";
    private readonly string _name = $"{service.Stem}Dispatcher";
    private readonly string _contract = service.Global(service.InterfaceName);

    public void Write()
    {
        var scope = new NameScope(_name, "Methods", "MethodList", "DispatchAsync", "_service");

        // A method of its own for each call keeps the requests of all others off the stack frame.
        var answers = methods.Select(m => scope.Take($"Answer{m.Member}")).ToList();
        output.Line($"/// <summary>Answers calls with an implementation of <see cref=\"{_contract}\"/>.</summary>");
        output.Line("/// <remarks>Thread-safe when the implementation is.</remarks>");
        output.Line(ServiceWriter.GeneratedCode);
        output.Open($"{service.Accessibility} sealed class {_name} : global::NetCore.Rpc.IDispatcher");
        WriteMethodList();
        output.Line($"private readonly {_contract} _service;");
        output.Line();
        WriteConstructor();
        output.Line("/// <inheritdoc/>");
        output.Line($"public global::System.Collections.Generic.IReadOnlyList<{Method}> Methods => MethodList;");
        output.Line();
        WriteDispatch(answers);
        for (var i = 0; i < methods.Count; i++)
        {
            output.Line();
            WriteAnswer(methods[i], answers[i]);
        }

        output.Close();
    }

    private void WriteMethodList()
    {
        output.Line($"private static readonly global::System.Collections.Generic.IReadOnlyList<{Method}> MethodList =");
        output.Indented($"global::System.Array.AsReadOnly(new {Method}[]");
        output.Indented("{");
        foreach (var method in methods)
        {
            output.Indented($"    {method.Descriptor(service)},");
        }

        output.Indented("});");
        output.Line();
    }

    private void WriteConstructor()
    {
        output.Line("/// <summary>Creates it.</summary>");
        output.Line("/// <param name=\"service\">Does the work.</param>");
        output.Open($"public {_name}({_contract} service)");
        output.Line("global::System.ArgumentNullException.ThrowIfNull(service);");
        output.Line("_service = service;");
        output.Close();
        output.Line();
    }

    private void WriteDispatch(List<string> answers)
    {
        output.Line("/// <inheritdoc/>");
        output.Open($"public {Task} DispatchAsync({Call} call)");
        output.Open("switch (call.MethodId)");
        for (var i = 0; i < methods.Count; i++)
        {
            var id = methods[i].Method.Id.ToString("X16", CultureInfo.InvariantCulture);
            output.Line($"case 0x{id}UL:");
            output.Indented($"return {Names.Escape(answers[i])}(call);");
        }

        var detail = Names.Literal($"{service.WireName} has no such method.");
        output.Line("default:");
        output.Indented($"call.Fail(global::NetCore.Rpc.RpcErrorCode.UnknownMethod, {detail});");
        output.Indented("return default;");
        output.Close();
        output.Close();
    }

    private void WriteAnswer(MethodNames names, string answer)
    {
        var method = names.Method;
        var descriptor = names.Descriptor(service);
        var arguments = names.Properties.Length switch
        {
            0 => [],
            1 => new[] { "request" },
            _ => [.. names.Properties.Select(p => $"request.{Names.Escape(p)}")],
        };
        if (method.TakesSpan)
        {
            arguments[arguments.Length - 1] = "bytes";
        }

        if (method.Sent is { } sent)
        {
            arguments =
            [
                .. arguments.Take(sent.Index), $"call.ReadItems({descriptor}.SentCodec)", .. arguments.Skip(sent.Index),
            ];
        }

        if (method.Token is not null)
        {
            arguments = [.. arguments, "call.CancellationToken"];
        }

        output.Open($"private {Task} {Names.Escape(answer)}({Call} call)");

        // Read without parameters too: bytes that should not be there are an error of the caller.
        output.Line((method.TakesSpan, names.Properties.Length) switch
        {
            (true, 1) => $"var bytes = call.ReadBytes({descriptor}.RequestCodec, out _);",
            (true, _) => $"var bytes = call.ReadBytes({descriptor}.RequestCodec, out var request);",
            (_, 0) => $"call.Read({descriptor}.RequestCodec);",
            _ => $"var request = call.Read({descriptor}.RequestCodec);",
        });
        var work = $"_service.{Names.Escape(method.Name)}({string.Join(", ", arguments)})";
        var codec = method.Received is not null ? $"{descriptor}.ReceivedCodec, "
            : method.Result is null ? "" : $"{descriptor}.ResponseCodec, ";
        output.Line($"return call.ReplyAsync({codec}{work});");
        output.Close();
    }
}
