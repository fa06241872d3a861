using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Reads one method of a contract.</summary>
internal sealed class MethodReader(WireTypeReader types, ReportSink sink, string service)
{
    public MethodModel? Read(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
        {
            sink.Report(Rules.GenericMethod, method, method.Name);
            return null;
        }

        var attribute = Attributes.Find(method, "RpcMethodAttribute");
        var wireName = Attributes.Text(attribute, "Name") ?? Names.WithoutAsync(method.Name);
        var oneWay = Attributes.Flag(attribute, "OneWay");
        if (!Attributes.IsWireName(wireName))
        {
            sink.Report(Rules.WireName, method, wireName);
        }

        var parameters = new List<ParameterModel>();
        IParameterSymbol? token = null;
        foreach (var parameter in method.Parameters)
        {
            if (IsToken(parameter.Type))
            {
                token = parameter;
                CheckToken(parameter, method);
            }
            else if (Read(parameter, method) is { } model)
            {
                parameters.Add(model);
            }
        }

        var result = ReadResult(method, oneWay);
        return sink.Failed
            ? null
            : new MethodModel(
                method.Name,
                wireName,
                WireIds.Of($"{service}/{wireName}"),
                oneWay,
                Attributes.Flag(attribute, "Idempotent"),
                new EquatableArray<ParameterModel>([.. parameters]),
                token?.Name,
                token is { HasExplicitDefaultValue: true },
                result);
    }

    private ParameterModel? Read(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (parameter.RefKind != RefKind.None)
        {
            sink.Report(Rules.ByReference, parameter, parameter.Name, method.Name);
            return null;
        }

        return types.Read(parameter.Type, parameter, method.Name) is { } type
            ? new ParameterModel(parameter.Name, type, parameter.IsParams, DefaultValues.Of(parameter))
            : null;
    }

    private void CheckToken(IParameterSymbol token, IMethodSymbol method)
    {
        if (token.RefKind != RefKind.None)
        {
            sink.Report(Rules.ByReference, token, token.Name, method.Name);
        }
        else if (token.Ordinal != method.Parameters.Length - 1)
        {
            sink.Report(Rules.Token, token, token.Name, method.Name);
        }
    }

    private WireType? ReadResult(IMethodSymbol method, bool oneWay)
    {
        var returned = method.ReturnType;
        if (returned is IErrorTypeSymbol)
        {
            sink.FailSilently();
            return null;
        }

        if (WireTypeReader.IsStream(returned))
        {
            sink.Report(Rules.Stream, method, method.Name, returned.ToDisplayString());
            return null;
        }

        if (method.RefKind != RefKind.None
            || returned is not INamedTypeSymbol { Name: "ValueTask" } task
            || Names.OfNamespace(task.ContainingNamespace) != "System.Threading.Tasks")
        {
            sink.Report(Rules.ReturnType, method, method.Name, returned.ToDisplayString());
            return null;
        }

        if (task.Arity == 0)
        {
            return null;
        }

        if (oneWay)
        {
            sink.Report(Rules.OneWayResult, method, method.Name, returned.ToDisplayString());
            return null;
        }

        return types.Read(task.TypeArguments[0], method, method.Name);
    }

    private static bool IsToken(ITypeSymbol type) =>
        type.Name == "CancellationToken" && type.ContainingNamespace is { } space
        && Names.OfNamespace(space) == "System.Threading";
}
