namespace NetCore.Rpc;

/// <summary>What a method sends beside its request and its response. The numbers are flags on the wire.</summary>
public enum RpcMethodKind
{
    /// <summary>Nothing: one message each way.</summary>
    Unary = 0,

    /// <summary>The caller sends items.</summary>
    ClientStream = 1,

    /// <summary>The caller gets items.</summary>
    ServerStream = 2,

    /// <summary>Both do.</summary>
    Duplex = ClientStream | ServerStream,
}
