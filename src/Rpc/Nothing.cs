namespace NetCore.Rpc;

/// <summary>The value of a request without parameters and of a response without a result: zero bytes.</summary>
public readonly record struct Nothing;
