namespace NetCore.Rpc.Generators.Internal;

/// <summary>What became of one interface: a model, or the reasons why there is none.</summary>
internal sealed record ReadContract(ServiceModel? Model, EquatableArray<DiagnosticInfo> Diagnostics);
