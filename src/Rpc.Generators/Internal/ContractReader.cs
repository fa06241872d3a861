using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Reads an interface into a model, or says why it cannot be a contract.</summary>
internal static class ContractReader
{
    public static ReadContract Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var sink = new ReportSink();
        var contract = (INamedTypeSymbol)context.TargetSymbol;
        var attribute = context.Attributes[0];
        CheckInterface(contract, sink);
        var service = Attributes.Text(attribute, "Name") ?? Names.Metadata(contract);
        if (!Attributes.IsWireName(service))
        {
            sink.Report(Rules.WireName, contract, service);
        }

        var json = ReadJsonContext(contract, attribute, sink);
        var layouts = new LayoutReader(context.SemanticModel.Compilation);
        var reader = new MethodReader(new WireTypeReader(layouts, json, sink), sink, service);
        var methods = new List<MethodModel>();
        foreach (var member in contract.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MemberReader.IsSent(member, sink) && reader.Read((IMethodSymbol)member) is { } method)
            {
                methods.Add(method);
                Clashes.Check(member, method, methods, sink);
            }
        }

        return new ReadContract(sink.Failed ? null : Model(contract, service, json, methods), sink.ToArray());
    }

    private static ServiceModel Model(
        INamedTypeSymbol contract, string service, JsonTypes json, List<MethodModel> methods) => new(
            Names.OfNamespace(contract.ContainingNamespace),
            contract.Name,
            contract.DeclaredAccessibility == Accessibility.Public,
            service,
            json.Context is { } type ? Names.OfType(type) : null,
            new EquatableArray<MethodModel>([.. methods]));

    private static void CheckInterface(INamedTypeSymbol contract, ReportSink sink)
    {
        if (contract.ContainingType is not null || contract.IsFileLocal)
        {
            sink.Report(Rules.Nested, contract, contract.Name);
        }

        if (contract.IsGenericType)
        {
            sink.Report(Rules.GenericInterface, contract, contract.Name);
        }

        if (contract.Interfaces.FirstOrDefault() is { } parent)
        {
            sink.Report(Rules.Inheritance, contract, contract.Name, parent.ToDisplayString());
        }
    }

    private static JsonTypes ReadJsonContext(INamedTypeSymbol contract, AttributeData attribute, ReportSink sink)
    {
        var type = Attributes.Type(attribute, "JsonContext");
        if (type is IErrorTypeSymbol)
        {
            sink.FailSilently();
        }
        else if (type is not null && !JsonTypes.IsContext(type))
        {
            sink.Report(Rules.BadJsonContext, contract, type.ToDisplayString());
        }

        return new JsonTypes(type);
    }
}
