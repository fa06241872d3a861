namespace NetCore.Transport.Tests;

/// <summary>One engine for each test, which must be what it says and gets everything back.</summary>
public abstract class ConformanceBase<TEngine> : IAsyncLifetime
    where TEngine : Engine, new()
{
    protected Engine Engine { get; } = new TEngine();

    public ValueTask InitializeAsync()
    {
        Assert.Equal(Engine.Backend, Engine.Transport.Backend);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Pair.Until(() => Engine.Leftovers() is null, $"all is given back: {Engine.Leftovers()}");
        await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
