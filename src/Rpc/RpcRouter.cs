using System.Collections.Frozen;
using NetCore.Rpc.Internal;

namespace NetCore.Rpc;

/// <summary>Joins the dispatchers of several services: each call goes to the one that has its method.</summary>
public sealed class RpcRouter : IDispatcher
{
    private readonly FrozenDictionary<ulong, Route> _routes;

    /// <summary>Joins <paramref name="dispatchers"/>.</summary>
    /// <exception cref="ArgumentException">
    /// Two methods have the same number, mostly because a service is given twice.
    /// </exception>
    public RpcRouter(params IReadOnlyList<IDispatcher> dispatchers)
    {
        ArgumentNullException.ThrowIfNull(dispatchers);
        var routes = new Dictionary<ulong, Route>();
        foreach (var dispatcher in dispatchers)
        {
            foreach (var method in dispatcher.Methods)
            {
                if (!routes.TryAdd(method.Id, new Route(method, dispatcher)))
                {
                    throw new ArgumentException(
                        $"{method.FullName} and {routes[method.Id].Method.FullName} have the same number on the wire. "
                        + "Is a service given twice? Else set Name in the attribute of one of them.",
                        nameof(dispatchers));
                }
            }
        }

        _routes = routes.ToFrozenDictionary();
        Methods = [.. routes.Values.Select(static route => route.Method)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<RpcMethod> Methods { get; }

    /// <inheritdoc/>
    public ValueTask DispatchAsync(IncomingCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return _routes[call.MethodId].Dispatcher.DispatchAsync(call);
    }

    internal RpcMethod? Find(ulong id) => _routes.TryGetValue(id, out var route) ? route.Method : null;
}
