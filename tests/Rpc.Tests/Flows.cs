using System.Runtime.CompilerServices;
using System.Text;

namespace NetCore.Rpc.Tests;

/// <summary>Gives and takes items; a test looks on, or gets in between, by <see cref="OnItem"/>.</summary>
internal sealed class Flows : IFlows
{
    private int _items;
    private int _open;

    /// <summary>Before each item that is given or taken.</summary>
    public Func<int, CancellationToken, ValueTask> OnItem { get; set; } = static (_, _) => default;

    /// <summary>Items given or taken so far.</summary>
    public int Items => Volatile.Read(ref _items);

    /// <summary>Handlers under way.</summary>
    public int Open => Volatile.Read(ref _open);

    public async IAsyncEnumerable<int> CountAsync(
        int from, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var open = new Running(this);
        for (var i = 0; i < count; i++)
        {
            await PassAsync(cancellationToken);
            yield return from + i;
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> BytesAsync(
        int count, int length, [EnumeratorCancellation] CancellationToken token)
    {
        using var open = new Running(this);
        var item = new byte[length];
        for (var i = 0; i < count; i++)
        {
            await PassAsync(token);
            Fill(item, i);
            yield return item;
        }
    }

    public async IAsyncEnumerable<Person> PeopleAsync(int count)
    {
        using var open = new Running(this);
        for (var i = 0; i < count; i++)
        {
            await PassAsync(CancellationToken.None);
            yield return new Person($"é{i}", [$"{i}"]);
        }
    }

    public async ValueTask<long> SumAsync(IAsyncEnumerable<int> items, CancellationToken cancellationToken)
    {
        using var open = new Running(this);
        long sum = 0;
        await foreach (var item in items)
        {
            await PassAsync(cancellationToken);
            sum += item;
        }

        return sum;
    }

    public async ValueTask<byte[]> JoinAsync(
        string before, IAsyncEnumerable<ReadOnlyMemory<byte>> items, string after, CancellationToken token)
    {
        using var open = new Running(this);
        var all = new List<byte>(Encoding.UTF8.GetBytes(before));
        await foreach (var item in items)
        {
            await PassAsync(token);
            all.AddRange(item.Span);
        }

        return [.. all, .. Encoding.UTF8.GetBytes(after)];
    }

    public async IAsyncEnumerable<int> ScaleAsync(
        int factor, IAsyncEnumerable<int> items, [EnumeratorCancellation] CancellationToken token)
    {
        using var open = new Running(this);
        await foreach (var item in items)
        {
            await PassAsync(token);
            yield return item * factor;
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> EchoAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> items, [EnumeratorCancellation] CancellationToken token)
    {
        using var open = new Running(this);
        await foreach (var item in items)
        {
            await PassAsync(token);
            yield return item;
        }
    }

    /// <summary>The bytes of item <paramref name="number"/>.</summary>
    public static void Fill(Span<byte> item, int number)
    {
        for (var i = 0; i < item.Length; i++)
        {
            item[i] = (byte)((number * 31) + i);
        }
    }

    public static byte[] Item(int number, int length)
    {
        var item = new byte[length];
        Fill(item, number);
        return item;
    }

    private ValueTask PassAsync(CancellationToken token) => OnItem(Interlocked.Increment(ref _items), token);

    private sealed class Running : IDisposable
    {
        private readonly Flows _flows;

        public Running(Flows flows)
        {
            _flows = flows;
            Interlocked.Increment(ref flows._open);
        }

        public void Dispose() => Interlocked.Decrement(ref _flows._open);
    }
}
