namespace NetCore.Rpc;

/// <summary>
/// Composes decorators around a dispatcher. The first one added is the outermost: it sees a call first.
/// </summary>
public sealed class DispatcherPipeline
{
    private readonly List<Func<IDispatcher, IDispatcher>> _decorators = [];

    /// <summary>Adds a decorator, which gets the next dispatcher and gives one that wraps it.</summary>
    public DispatcherPipeline Use(Func<IDispatcher, IDispatcher> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>The composed dispatcher; what is added later does not change it.</summary>
    /// <param name="target">The innermost: a generated dispatcher or an <see cref="RpcRouter"/>.</param>
    public IDispatcher Into(IDispatcher target)
    {
        ArgumentNullException.ThrowIfNull(target);
        for (var i = _decorators.Count - 1; i >= 0; i--)
        {
            target = _decorators[i](target);
        }

        return target;
    }
}
