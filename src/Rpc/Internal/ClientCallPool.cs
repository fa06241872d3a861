using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>The call objects of one client for one type of response.</summary>
internal sealed class ClientCallPool<TResponse> : PooledObjectPolicy<ClientCall<TResponse>>
{
    private readonly RpcClient _client;
    private readonly DefaultObjectPool<ClientCall<TResponse>> _calls;
    private readonly LocalStack<ClientCall<TResponse>> _local;

    public ClientCallPool(RpcClient client)
    {
        _client = client;
        _calls = new DefaultObjectPool<ClientCall<TResponse>>(this, RpcLimits.RetainedCalls);
        var executor = client.Session.Connection.Executor;
        _local = new LocalStack<ClientCall<TResponse>>(executor, RpcLimits.RetainedLocalCalls);
    }

    public ClientCall<TResponse> Rent() => _local.TryPop(out var call) ? call : _calls.Get();

    public void Give(ClientCall<TResponse> call)
    {
        if (!_local.TryPush(call))
        {
            _calls.Return(call);
        }
    }

    public override ClientCall<TResponse> Create() => new(_client, this);

    public override bool Return(ClientCall<TResponse> obj) => true;
}
