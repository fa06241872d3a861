namespace NetCore.Rpc.Internal;

/// <summary>The decorators of a pipeline, outermost first.</summary>
internal sealed class Decorators<T>
    where T : class
{
    private readonly List<Func<T, T>> _decorators = [];

    public void Add(Func<T, T> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
    }

    /// <summary>All of them around <paramref name="target"/>.</summary>
    public T Around(T target)
    {
        ArgumentNullException.ThrowIfNull(target);
        for (var i = _decorators.Count - 1; i >= 0; i--)
        {
            target = _decorators[i](target);
        }

        return target;
    }
}
