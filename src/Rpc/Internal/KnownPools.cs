namespace NetCore.Rpc.Internal;

/// <summary>The pools that a client has used, so that it asks the world for each only once. Thread-safe.</summary>
/// <remarks>
/// As many as it uses types of responses. Two threads that learn of different ones at once may lose one of them, which
/// is then learned again.
/// </remarks>
internal struct KnownPools
{
    private object? _last;
    private object[]? _others;

    public ClientCallPool<TResponse> Of<TResponse>(RpcClient client)
    {
        // Mostly it is the one of the call before.
        if (Volatile.Read(ref _last) is ClientCallPool<TResponse> last)
        {
            return last;
        }

        var pool = Find<TResponse>() ?? Learn<TResponse>(client);
        Volatile.Write(ref _last, pool);
        return pool;
    }

    private ClientCallPool<TResponse>? Find<TResponse>()
    {
        foreach (var known in Volatile.Read(ref _others) ?? [])
        {
            if (known is ClientCallPool<TResponse> pool)
            {
                return pool;
            }
        }

        return null;
    }

    private ClientCallPool<TResponse> Learn<TResponse>(RpcClient client)
    {
        var pool = ClientCallPools<TResponse>.Of(client.World, client.Session.Connection.Executor);
        if (Volatile.Read(ref _last) is { } last)
        {
            object[] others = Volatile.Read(ref _others) ?? [last];
            Volatile.Write(ref _others, [.. others, pool]);
        }

        return pool;
    }
}
