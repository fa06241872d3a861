namespace NetCore.Core;

/// <summary>Counts the bytes that one world's pools hold for the network and refuses more than its limit.</summary>
/// <remarks>Thread-safe. A refusal is an ordinary answer; the caller decides what to shed or to delay.</remarks>
public sealed class ByteBudget
{
    private long _used;

    /// <summary>Creates a budget of <paramref name="limit"/> bytes.</summary>
    /// <param name="limit">Bytes, at least one small block.</param>
    public ByteBudget(long limit = CoreLimits.DefaultByteBudget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, CoreLimits.SmallBlockBytes);
        Limit = limit;
    }

    /// <summary>The limit in bytes; never infinite.</summary>
    public long Limit { get; }

    /// <summary>Bytes reserved now.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Reserves <paramref name="bytes"/>; false, with nothing reserved, past the limit.</summary>
    public bool TryReserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);

        // Not an addition that is taken back on failure: it would refuse others who fit in.
        var used = Volatile.Read(ref _used);
        while (bytes <= Limit - used)
        {
            var seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen == used)
            {
                return true;
            }

            used = seen;
        }

        return false;
    }

    /// <summary>Gives back what <see cref="TryReserve"/> granted.</summary>
    public void Release(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (Interlocked.Add(ref _used, -bytes) < 0)
        {
            Interlocked.Add(ref _used, bytes);
            throw new InvalidOperationException($"{bytes} bytes were released that were never reserved.");
        }
    }
}
