namespace NetCore.Transport.Internal;

/// <summary>Numbers in the names of a world's connections.</summary>
internal sealed class ConnectionNumbers
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}
