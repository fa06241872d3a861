namespace NetCore.Bench;

/// <summary>The rate of a warm-up in windows, and whether it has settled.</summary>
/// <remarks>
/// Windows slide by a fifth of their length: the rule is about the last three of them at any moment, and looking five
/// times as often finds the moment earlier on a machine whose speed wanders.
/// </remarks>
internal sealed class RateWindows
{
    /// <summary>Of the rule: three in a row decide.</summary>
    public const int Deciding = 3;

    /// <summary>A window is made of this many slots, and moves on by one.</summary>
    public const int SlotsPerWindow = 5;

    // Tiers of the compiler move the rate by far more than this.
    private const double SteadySpread = 0.03;

    private readonly StretchResult[] _slots = new StretchResult[Deciding * SlotsPerWindow];
    private int _count;

    /// <summary>There are three windows.</summary>
    public bool IsFull => _count >= _slots.Length;

    /// <summary>By how much the last three windows differ, as a share of the largest; 1 before that.</summary>
    public double Spread
    {
        get
        {
            if (!IsFull)
            {
                return 1;
            }

            var rates = Enumerable.Range(0, Deciding).Select(Window).ToList();
            return rates.Max() > 0 ? (rates.Max() - rates.Min()) / rates.Max() : 1;
        }
    }

    /// <summary>The last three windows differ by less than 3 %.</summary>
    public bool IsSteady => Spread < SteadySpread;

    /// <summary>Operations a second over the last three windows.</summary>
    public double Rate => PerSecond(_slots.AsSpan(0, Math.Min(_count, _slots.Length)));

    /// <summary>Takes the next slot; the oldest falls out.</summary>
    public void Add(StretchResult slot) => _slots[_count++ % _slots.Length] = slot;

    private static double PerSecond(ReadOnlySpan<StretchResult> slots)
    {
        var (operations, seconds) = (0L, 0.0);
        foreach (var slot in slots)
        {
            operations += slot.Operations;
            seconds += slot.Seconds;
        }

        return seconds > 0 ? operations / seconds : 0;
    }

    private double Window(int index)
    {
        Span<StretchResult> slots = stackalloc StretchResult[SlotsPerWindow];
        for (var i = 0; i < SlotsPerWindow; i++)
        {
            slots[i] = _slots[(_count + (index * SlotsPerWindow) + i) % _slots.Length];
        }

        return PerSecond(slots);
    }
}
