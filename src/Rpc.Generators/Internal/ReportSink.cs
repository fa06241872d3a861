using Microsoft.CodeAnalysis;

namespace NetCore.Rpc.Generators.Internal;

/// <summary>Collects what is wrong with one contract.</summary>
internal sealed class ReportSink
{
    private readonly List<DiagnosticInfo> _diagnostics = [];

    /// <summary>Something is wrong, reported here or by the compiler itself: no code can be written.</summary>
    public bool Failed { get; private set; }

    public void Report(DiagnosticDescriptor rule, ISymbol at, params string[] arguments) =>
        Report(rule, at.Locations.FirstOrDefault(), arguments);

    public void Report(DiagnosticDescriptor rule, Location? at, params string[] arguments)
    {
        Failed = true;
        _diagnostics.Add(new DiagnosticInfo(rule, LocationInfo.Of(at), new EquatableArray<string>(arguments)));
    }

    /// <summary>The compiler reports it already.</summary>
    public void FailSilently() => Failed = true;

    public EquatableArray<DiagnosticInfo> ToArray() => new([.. _diagnostics]);
}
