using System.Runtime.CompilerServices;

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

    public async IAsyncEnumerable<int> CountAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public async IAsyncEnumerable<int> EndlessAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
            {
                await Task.Yield();
                yield return number;
            }
        }
        finally
        {
            Interlocked.Increment(ref _cancelled);
        }
    }

    public async IAsyncEnumerable<int> FailAsync(int count)
    {
        await foreach (var number in CountAsync(count))
        {
            yield return number;
        }

        throw new InvalidOperationException("As asked for.");
    }

    public async IAsyncEnumerable<byte[]> BlocksAsync(int count, int length)
    {
        await foreach (var number in CountAsync(count))
        {
            var bytes = new byte[length - sizeof(int)];
            bytes.AsSpan().Fill((byte)number);
            yield return bytes;
        }
    }

    public async ValueTask<long> SumAsync(IAsyncEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        var sum = 0L;
        await foreach (var number in numbers.WithCancellation(cancellationToken))
        {
            sum += number;
        }

        return sum;
    }

    public async ValueTask<long> LengthsAsync(IAsyncEnumerable<byte[]> items, CancellationToken cancellationToken)
    {
        var sum = 0L;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            sum += item.Length + sizeof(int);
        }

        return sum;
    }

    public async IAsyncEnumerable<byte[]> MirrorAsync(IAsyncEnumerable<byte[]> items)
    {
        await foreach (var item in items)
        {
            yield return item;
        }
    }
}
