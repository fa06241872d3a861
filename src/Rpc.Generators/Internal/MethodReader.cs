using System.Globalization;
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

        // The values of NetCore.Rpc.RpcLane.
        var lane = Attributes.Number(attribute, "Lane");
        if (lane is not (0 or 1))
        {
            sink.Report(Rules.Lane, method, method.Name, lane.ToString(CultureInfo.InvariantCulture));
        }

        var parameters = new List<ParameterModel>();
        IParameterSymbol? token = null;
        StreamParameter? sent = null;
        foreach (var parameter in method.Parameters)
        {
            if (IsToken(parameter.Type))
            {
                token = parameter;
                CheckToken(parameter, method);
            }
            else if (WireTypeReader.IsItems(parameter.Type))
            {
                sent = ReadSent(parameter, method, sent, parameters.Count);
            }
            else if (Read(parameter, method) is { } model)
            {
                parameters.Add(model);
                CheckSpan(parameter, method, model, isInline: lane == 1);
            }
        }

        var isStream = WireTypeReader.IsItems(method.ReturnType);
        var received = isStream ? ReadItem(method.ReturnType, method, method) : null;
        var result = isStream ? null : ReadResult(method, oneWay);
        if (isStream || sent is not null)
        {
            CheckStream(method, oneWay, lane, parameters);
        }

        return sink.Failed
            ? null
            : new MethodModel(
                method.Name,
                wireName,
                WireIds.Of($"{service}/{wireName}"),
                oneWay,
                Attributes.Flag(attribute, "Idempotent"),
                lane == 1,
                new EquatableArray<ParameterModel>([.. parameters]),
                sent,
                token?.Name,
                token is { HasExplicitDefaultValue: true },
                result,
                received);
    }

    private StreamParameter? ReadSent(
        IParameterSymbol parameter, IMethodSymbol method, StreamParameter? before, int index)
    {
        if (parameter.RefKind != RefKind.None)
        {
            sink.Report(Rules.ByReference, parameter, parameter.Name, method.Name);
            return before;
        }

        if (before is not null)
        {
            sink.Report(Rules.SecondStream, parameter, parameter.Name, method.Name);
            return before;
        }

        return ReadItem(parameter.Type, parameter, method) is { } item
            ? new StreamParameter(parameter.Name, item, index) : null;
    }

    private WireType? ReadItem(ITypeSymbol stream, ISymbol at, IMethodSymbol method) =>
        types.Read(((INamedTypeSymbol)stream).TypeArguments[0], at, method.Name);

    private void CheckStream(IMethodSymbol method, bool oneWay, int lane, List<ParameterModel> parameters)
    {
        if (oneWay || lane == 1)
        {
            sink.Report(Rules.StreamLane, method, method.Name, oneWay ? "one-way" : "inline");
        }

        if (parameters.Any(static p => p.Type.Kind == WireKind.Leased))
        {
            // The request is written when the enumeration begins, which may never be.
            sink.Report(Rules.StreamLease, method, method.Name);
        }
    }

    private ParameterModel? Read(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (parameter.RefKind != RefKind.None)
        {
            sink.Report(Rules.ByReference, parameter, parameter.Name, method.Name);
            return null;
        }

        var isSpan = WireTypeReader.IsSpanOfBytes(parameter.Type);
        var type = isSpan ? WireTypeReader.OfSpan : types.Read(parameter.Type, parameter, method.Name);
        return type is null
            ? null
            : new ParameterModel(parameter.Name, type, isSpan, parameter.IsParams, DefaultValues.Of(parameter));
    }

    private void CheckSpan(IParameterSymbol parameter, IMethodSymbol method, ParameterModel model, bool isInline)
    {
        if (!model.IsSpan)
        {
            return;
        }

        if (!isInline)
        {
            sink.Report(Rules.SpanLane, parameter, parameter.Name, method.Name);
        }

        if (method.Parameters.Skip(parameter.Ordinal + 1).Any(static other => !IsToken(other.Type)))
        {
            sink.Report(Rules.SpanPlace, parameter, parameter.Name, method.Name);
        }
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
