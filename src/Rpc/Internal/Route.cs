namespace NetCore.Rpc.Internal;

/// <summary>Which dispatcher answers a method.</summary>
internal sealed record Route(RpcMethod Method, IDispatcher Dispatcher);
