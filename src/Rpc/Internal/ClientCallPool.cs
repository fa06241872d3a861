using Microsoft.Extensions.ObjectPool;

namespace NetCore.Rpc.Internal;

/// <summary>The call objects of one client for one type of response.</summary>
internal sealed class ClientCallPool<TResponse> : PooledObjectPolicy<ClientCall<TResponse>>
{
    private readonly RpcClient _client;
    private readonly DefaultObjectPool<ClientCall<TResponse>> _calls;

    public ClientCallPool(RpcClient client)
    {
        _client = client;
        _calls = new DefaultObjectPool<ClientCall<TResponse>>(this, RpcLimits.RetainedCalls);
    }

    public ClientCall<TResponse> Rent() => _calls.Get();

    public void Give(ClientCall<TResponse> call) => _calls.Return(call);

    public override ClientCall<TResponse> Create() => new(_client, this);

    public override bool Return(ClientCall<TResponse> obj) => true;
}
