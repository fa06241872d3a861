using NetCore.Rpc.Internal;

namespace NetCore.Rpc;

/// <summary>
/// Composes decorators around a dispatcher. The first one added is the outermost: it sees a call first.
/// </summary>
public sealed class DispatcherPipeline
{
    private readonly Decorators<IDispatcher> _decorators = new();

    /// <summary>Adds a decorator, which gets the next dispatcher and gives one that wraps it.</summary>
    public DispatcherPipeline Use(Func<IDispatcher, IDispatcher> decorator)
    {
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>The composed dispatcher; what is added later does not change it.</summary>
    /// <param name="target">The innermost: a generated dispatcher or an <see cref="RpcRouter"/>.</param>
    public IDispatcher Into(IDispatcher target) => _decorators.Around(target);
}
