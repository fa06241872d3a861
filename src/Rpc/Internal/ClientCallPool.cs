using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>The call objects for one type of response, for the clients whose connections one executor runs.</summary>
internal sealed class ClientCallPool<TResponse>(ObjectPool<ClientCall<TResponse>> shared, IExecutor executor)
{
    private readonly LocalStack<ClientCall<TResponse>> _local = new(executor, RpcLimits.RetainedLocalCalls);

    public ClientCall<TResponse> Rent(RpcClient client)
    {
        var call = _local.TryPop(out var own) ? own : shared.Get();
        call.Begin(client, this);
        return call;
    }

    public void Give(ClientCall<TResponse> call)
    {
        if (!_local.TryPush(call))
        {
            shared.Return(call);
        }
    }
}
