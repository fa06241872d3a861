namespace NetCore.Rpc;

/// <summary>
/// Composes decorators around an invoker. The first one added is the outermost: it sees a call first.
/// </summary>
public sealed class InvokerPipeline
{
    private readonly List<Func<IInvoker, IInvoker>> _decorators = [];

    /// <summary>Adds a decorator, which gets the next invoker and gives one that wraps it.</summary>
    public InvokerPipeline Use(Func<IInvoker, IInvoker> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>The composed invoker; what is added later does not change it.</summary>
    /// <param name="target">The innermost, mostly an <see cref="RpcClient"/>.</param>
    public IInvoker Into(IInvoker target)
    {
        ArgumentNullException.ThrowIfNull(target);
        for (var i = _decorators.Count - 1; i >= 0; i--)
        {
            target = _decorators[i](target);
        }

        return target;
    }
}
