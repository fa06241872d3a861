namespace NetCore.PubSub.Internal;

/// <summary>Timestamps on the wire: microseconds since 1970, which 64 bits hold for longer than anybody asks.</summary>
internal static class Microseconds
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    /// <summary>The time; the ends of what can be said for what a peer made up.</summary>
    public static DateTimeOffset ToTime(long microseconds)
    {
        var most = (DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        var least = (DateTimeOffset.MinValue.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        return new DateTimeOffset(
            DateTimeOffset.UnixEpoch.Ticks + (Math.Clamp(microseconds, least, most) * 10), TimeSpan.Zero);
    }
}
