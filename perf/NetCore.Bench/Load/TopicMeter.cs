using System.Buffers.Binary;

namespace NetCore.Bench;

/// <summary>Checks and counts what subscribers get: every message, whole, once and in its order.</summary>
/// <remarks>Each subscriber is delivered to by one thread at a time.</remarks>
internal sealed class TopicMeter : IDisposable
{
    /// <summary>Publishers go on in bursts of so many messages, so that waiting costs little for each.</summary>
    public const int Burst = 256;

    /// <summary>A publisher that waits longer for its subscribers is stuck.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Counts of subscribers on a cache line each.
    private const int Stride = 8;

    private readonly long[] _counts;
    private readonly byte[] _pattern;
    private readonly AutoResetEvent _arrived = new(false);
    private long _wanted = long.MaxValue;
    private volatile string? _failure;

    /// <param name="subscribers">Those that are counted.</param>
    /// <param name="payloadBytes">Bytes of a message.</param>
    public TopicMeter(int subscribers, int payloadBytes)
    {
        _counts = new long[subscribers * Stride];
        _pattern = new byte[payloadBytes];
        for (var i = 0; i < payloadBytes; i++)
        {
            // No period of a power of two: bytes that moved by a buffer's length would still fit otherwise.
            _pattern[i] = (byte)((i % 251) + 1);
        }
    }

    public int PayloadBytes => _pattern.Length;

    /// <summary>Called after each delivery, by the thread that brought it.</summary>
    public Action? OnDelivered { get; set; }

    /// <summary>Messages that each subscriber has got.</summary>
    /// <exception cref="BenchException">One got something else than the next message.</exception>
    public long Slowest
    {
        get
        {
            var slowest = long.MaxValue;
            for (var i = 0; i < _counts.Length; i += Stride)
            {
                slowest = Math.Min(slowest, Volatile.Read(ref _counts[i]));
            }

            return _failure is { } failure ? throw new BenchException(failure) : slowest;
        }
    }

    /// <summary>A message with its number.</summary>
    public void Write(Span<byte> message, long number)
    {
        _pattern.CopyTo(message);
        BinaryPrimitives.WriteInt64LittleEndian(message, number);
    }

    /// <summary>A subscriber has got a message.</summary>
    public void Deliver(int subscriber, ReadOnlySpan<byte> message)
    {
        ref var count = ref _counts[subscriber * Stride];
        if (message.Length != _pattern.Length || BinaryPrimitives.ReadInt64LittleEndian(message) != count
            || !message[sizeof(long)..].SequenceEqual(_pattern.AsSpan(sizeof(long))))
        {
            Fail($"Subscriber {subscriber} has got something else than message {count}.");
            return;
        }

        var next = count + 1;
        Volatile.Write(ref count, next);
        if (OnDelivered is { } delivered)
        {
            delivered();
        }
        else if (next % Burst == 0)
        {
            Look();
        }
    }

    /// <summary>Nothing more can be measured.</summary>
    public void Fail(string reason)
    {
        _failure ??= reason;
        _arrived.Set();
    }

    /// <summary>Whoever waits returns.</summary>
    public void Wake() => _arrived.Set();

    /// <summary>Waits until each subscriber has got so many, where deliveries come on other threads.</summary>
    /// <param name="count">A multiple of <see cref="Burst"/>; or more than will come, to be woken.</param>
    public void WaitFor(long count)
    {
        Volatile.Write(ref _wanted, count);
        Interlocked.MemoryBarrier();
        for (var slowest = Slowest; slowest < count && !_arrived.WaitOne(Patience);)
        {
            var before = slowest;
            slowest = Slowest;
            if (slowest == before)
            {
                throw new BenchException($"message {slowest} has not come within {Patience.TotalSeconds:0} s");
            }
        }
    }

    public void Dispose() => _arrived.Dispose();

    // Either this thread sees what is wanted, or the one that wants it sees the count.
    private void Look()
    {
        Interlocked.MemoryBarrier();
        var wanted = Volatile.Read(ref _wanted);
        if (wanted != long.MaxValue && Slowest >= wanted
            && Interlocked.CompareExchange(ref _wanted, long.MaxValue, wanted) == wanted)
        {
            _arrived.Set();
        }
    }
}
