namespace NetCore.PubSub.Internal;

/// <summary>Messages that one subscription has lost.</summary>
/// <param name="Topic">Whose; null for several.</param>
/// <param name="First">Sequence of the first; 0 for several topics.</param>
/// <param name="Last">Sequence of the last.</param>
/// <param name="Count">How many; negative when that is not known.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct GapRange(
    BrokerTopic? Topic, ulong First, ulong Last, long Count, GapReason Reason)
{
    public const long Unknown = -1;

    public static GapRange Of(in Slice slice, GapReason reason) =>
        new(slice.Topic, slice.First, slice.Last, slice.Count, reason);

    /// <summary>Both are told as one.</summary>
    public bool Joins(in GapRange other) =>
        Topic == other.Topic && Reason == other.Reason && Count >= 0 == other.Count >= 0;

    public GapRange With(in GapRange other) => this with
    {
        First = Math.Min(First, other.First),
        Last = Math.Max(Last, other.Last),
        Count = Count < 0 ? Count : Count + other.Count,
    };
}
