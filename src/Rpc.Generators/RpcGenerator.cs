using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetCore.Rpc.Generators.Internal;

namespace NetCore.Rpc.Generators;

/// <summary>Writes proxy, dispatcher and codecs for each interface with <c>[RpcService]</c>.</summary>
/// <remarks>
/// A contract is read into values that compare by content, so a keystroke elsewhere writes nothing anew. Diagnostics
/// go a way of their own: they carry positions, which change with every line above.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class RpcGenerator : IIncrementalGenerator
{
    internal const string ContractsStep = "Contracts";
    internal const string ModelsStep = "Models";
    internal const string DiagnosticsStep = "Diagnostics";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "NetCore.Rpc.RpcServiceAttribute",
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (target, cancellationToken) => ContractReader.Read(target, cancellationToken))
            .WithTrackingName(ContractsStep);
        var models = contracts
            .Where(static contract => contract.Model is not null)
            .Select(static (contract, _) => contract.Model!)
            .WithTrackingName(ModelsStep);
        var diagnostics = contracts
            .SelectMany(static (contract, _) => contract.Diagnostics)
            .WithTrackingName(DiagnosticsStep);
        context.RegisterSourceOutput(
            models,
            static (output, service) =>
                output.AddSource(ServiceWriter.HintName(service), ServiceWriter.Write(service)));
        context.RegisterSourceOutput(
            diagnostics,
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
    }
}
