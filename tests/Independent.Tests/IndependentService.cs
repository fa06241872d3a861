namespace NetCore.Independent.Tests;

/// <summary>The service; counts what waits and what was cancelled.</summary>
internal sealed class IndependentService : IIndependent
{
    private int _waiting;
    private int _cancelled;

    public ValueTask<int> AddAsync(int left, int right, CancellationToken cancellationToken) => new(left + right);

    public ValueTask<byte[]> EchoAsync(byte[] bytes, CancellationToken cancellationToken) => new(bytes);

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        Interlocked.Increment(ref _waiting);
        await cancelled.Task;
        Interlocked.Increment(ref _cancelled);
    }

    public ValueTask<int> WaitingAsync(CancellationToken cancellationToken) => new(Volatile.Read(ref _waiting));

    public ValueTask<int> CancelledAsync(CancellationToken cancellationToken) => new(Volatile.Read(ref _cancelled));
}
