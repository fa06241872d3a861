namespace NetCore.Rpc;

/// <summary>
/// The bytes of a message are not what the contract says; becomes <see cref="RpcErrorCode.BadMessage"/>.
/// </summary>
public sealed class RpcFormatException(string message) : Exception(message);
