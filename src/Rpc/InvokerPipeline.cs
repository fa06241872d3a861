using NetCore.Rpc.Internal;

namespace NetCore.Rpc;

/// <summary>
/// Composes decorators around an invoker. The first one added is the outermost: it sees a call first.
/// </summary>
public sealed class InvokerPipeline
{
    private readonly Decorators<IInvoker> _decorators = new();

    /// <summary>Adds a decorator, which gets the next invoker and gives one that wraps it.</summary>
    public InvokerPipeline Use(Func<IInvoker, IInvoker> decorator)
    {
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>The composed invoker; what is added later does not change it.</summary>
    /// <param name="target">The innermost, mostly an <see cref="RpcClient"/>.</param>
    public IInvoker Into(IInvoker target) => _decorators.Around(target);
}
