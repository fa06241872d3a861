namespace NetCore.Fuzz.Servers;

/// <summary>Counts what is under way, which is nothing once its connection is gone.</summary>
internal sealed class Fuzzed : IFuzzed
{
    private const int MostNumbers = 1000;

    /// <summary>Handlers that have begun and not ended.</summary>
    public int Running { get; private set; }

    public ValueTask<int> AddAsync(int left, int right) => new(left + right);

    public ValueTask<byte[]?> EchoAsync(byte[]? bytes, string? text, Guid id, bool flag) => new(flag ? null : bytes);

    public ValueTask NoteAsync(ReadOnlyMemory<byte> bytes) => default;

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        Running++;
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        Running--;
    }

    public async IAsyncEnumerable<int> CountAsync(int count)
    {
        Running++;
        try
        {
            for (var i = 0; i < Math.Min(count, MostNumbers); i++)
            {
                await default(ValueTask);
                yield return i;
            }
        }
        finally
        {
            Running--;
        }
    }

    public async ValueTask<long> SumAsync(IAsyncEnumerable<int> items)
    {
        Running++;
        try
        {
            var sum = 0L;
            await foreach (var item in items)
            {
                sum += item;
            }

            return sum;
        }
        finally
        {
            Running--;
        }
    }

    public async IAsyncEnumerable<byte[]> MirrorAsync(int first, IAsyncEnumerable<byte[]> items)
    {
        Running++;
        try
        {
            await foreach (var item in items)
            {
                yield return item;
            }
        }
        finally
        {
            Running--;
        }
    }
}
