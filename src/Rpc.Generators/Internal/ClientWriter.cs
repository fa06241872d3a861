namespace NetCore.Rpc.Generators.Internal;

/// <summary>Writes the proxy: each method without a closure and without async.</summary>
internal sealed class ClientWriter(ServiceModel service, List<MethodNames> methods, SourceWriter output)
{
    private const string Token = "global::System.Threading.CancellationToken";
    private const string Task = "global::System.Threading.Tasks.ValueTask";
    private readonly string _name = $"{service.Stem}Client";
    private readonly string _contract = service.Global(service.InterfaceName);

    public void Write()
    {
        var taken = new NameScope([.. service.Methods.Select(m => m.Name)]);
        var invoker = taken.Take("_invoker");
        var options = taken.Take("_options");
        output.Line($"/// <summary>Calls <see cref=\"{_contract}\"/> over a connection.</summary>");
        output.Line("/// <remarks>Thread-safe when its invoker is.</remarks>");
        output.Line(ServiceWriter.GeneratedCode);
        output.Open($"{service.Accessibility} sealed class {_name} : {_contract}");
        output.Line($"private readonly global::NetCore.Rpc.IInvoker {invoker};");
        output.Line($"private readonly global::NetCore.Rpc.CallOptions {options};");
        output.Line();
        WriteConstructor(invoker, options);
        foreach (var names in methods)
        {
            output.Line();
            WriteMethod(names, invoker, options);
        }

        output.Close();
    }

    private void WriteConstructor(string invoker, string options)
    {
        output.Line("/// <summary>Creates it.</summary>");
        output.Line("/// <param name=\"invoker\">Makes the calls.</param>");
        output.Line("/// <param name=\"options\">How all calls of this object are made.</param>");
        output.Open(
            $"public {_name}(global::NetCore.Rpc.IInvoker invoker, global::NetCore.Rpc.CallOptions options = default)");
        output.Line("global::System.ArgumentNullException.ThrowIfNull(invoker);");
        output.Line($"{invoker} = invoker;");
        output.Line($"{options} = options;");
        output.Close();
    }

    private void WriteMethod(MethodNames names, string invoker, string options)
    {
        var method = names.Method;

        // A public member must not have the name of its class nor hide one of object.
        var isExplicit = method.Name == _name || new NameScope().IsTaken(method.Name);
        var result = method.Received is { } received ? MethodModel.StreamOf(received)
            : method.Result is null ? Task : $"{Task}<{method.Result.Name}>";
        var head = isExplicit
            ? $"{result} {_contract}.{Names.Escape(method.Name)}({Parameters(method, withDefaults: false)})"
            : $"public {result} {Names.Escape(method.Name)}({Parameters(method, withDefaults: true)})";
        var token = method.Token is null ? "default" : Names.Escape(method.Token);
        var bytes = new NameScope([.. method.Parameters.Select(p => p.Name), token]).Take("bytes");
        var items = method.Sent is { } sent ? $"{Names.Escape(sent.Name)}, " : "";
        var arguments = $"{names.Descriptor(service)}, {Request(names, bytes)}, {items}this.{options}, {token}";
        var call = $"{Verb(method)}(this.{invoker}, {arguments})";
        var hasResult = method.Result is not null || method.Received is not null;
        var expression = hasResult ? $"{call};" : $"global::NetCore.Rpc.RpcTasks.Ignore({call});";
        output.Line("/// <inheritdoc/>");
        if (!method.TakesSpan)
        {
            output.Line($"{head} =>");
            output.Indented(expression);
            return;
        }

        var span = Names.Escape(method.Parameters[method.Parameters.Count - 1].Name);
        output.Open(head);
        output.Line($"using var {bytes} = new global::NetCore.Rpc.RequestBytes(this.{invoker}, {span});");
        output.Line($"return {expression}");
        output.Close();
    }

    private static string Verb(MethodModel method) => method.Kind switch
    {
        "Unary" => "global::NetCore.Rpc.RpcTasks.InvokeAsync",
        "ClientStream" => "global::NetCore.Rpc.RpcStreams.SendAsync",
        "ServerStream" => "global::NetCore.Rpc.RpcStreams.Receive",
        _ => "global::NetCore.Rpc.RpcStreams.Exchange",
    };

    private string Request(MethodNames names, string bytes)
    {
        var arguments = string.Join(
            ", ", names.Method.Parameters.Select(p => p.IsSpan ? $"{bytes}.Memory" : Names.Escape(p.Name)));
        return names.Method.Parameters.Count switch
        {
            0 => "default",
            1 => arguments,
            _ => $"new {names.RequestType(service)}({arguments})",
        };
    }

    private static string Parameters(MethodModel method, bool withDefaults)
    {
        var parameters = method.Parameters.Select(p =>
            $"{(withDefaults && p.IsParams ? "params " : "")}{p.Declared} {Names.Escape(p.Name)}"
            + (withDefaults && p.Default is { } value ? $" = {value}" : "")).ToList();
        if (method.Sent is { } sent)
        {
            parameters.Insert(sent.Index, $"{sent.Declared} {Names.Escape(sent.Name)}");
        }

        if (method.Token is { } token)
        {
            var suffix = withDefaults && method.TokenIsOptional ? " = default" : "";
            parameters.Add($"{Token} {Names.Escape(token)}{suffix}");
        }

        return string.Join(", ", parameters);
    }
}
