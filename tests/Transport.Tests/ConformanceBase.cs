namespace NetCore.Transport.Tests;

/// <summary>One engine for each test; descriptors are counted before and after.</summary>
public abstract class ConformanceBase<TEngine> : IAsyncLifetime
    where TEngine : Engine, new()
{
    protected Engine Engine { get; } = new TEngine();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
