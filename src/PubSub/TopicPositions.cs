namespace NetCore.PubSub;

/// <summary>How far a subscriber has come, to come back with. Immutable.</summary>
/// <remarks>It holds for the broker that gave the epoch. Keep it anywhere; it is only numbers and names.</remarks>
public sealed class TopicPositions
{
    /// <summary>Keeps positions.</summary>
    /// <param name="epoch">Of the broker.</param>
    /// <param name="positions">At most <see cref="PubSubLimits.MaxPositions"/>.</param>
    public TopicPositions(ulong epoch, IReadOnlyList<TopicPosition> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions.Count, PubSubLimits.MaxPositions);
        Epoch = epoch;
        Positions = positions;
    }

    /// <summary>Names the broker's life.</summary>
    public ulong Epoch { get; }

    /// <summary>One for each topic.</summary>
    public IReadOnlyList<TopicPosition> Positions { get; }
}
