namespace NetCore.PubSub;

/// <summary>Messages that a subscription has not got, told in their place.</summary>
/// <param name="Topic">Whose they are; null when they are of several.</param>
/// <param name="First">Sequence of the first; 0 when that is not known, or they are of several topics.</param>
/// <param name="Last">Sequence of the last.</param>
/// <param name="Count">
/// Exactly how many, which may be fewer than from first to last; null when that is not known.
/// </param>
/// <param name="Reason">Why.</param>
public sealed record Gap(string? Topic, ulong First, ulong Last, long? Count, GapReason Reason)
{
    /// <summary>This and a later one together: of the same topic, else of several.</summary>
    internal Gap With(Gap later) => new(
        Topic == later.Topic ? Topic : null,
        Topic == later.Topic ? First : 0,
        Topic == later.Topic ? later.Last : 0,
        Count is { } count && later.Count is { } more && more <= long.MaxValue - count ? count + more : null,
        later.Reason);
}
