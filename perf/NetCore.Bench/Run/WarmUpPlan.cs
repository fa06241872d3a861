namespace NetCore.Bench;

/// <summary>How long a contestant is given to become steady.</summary>
/// <param name="Least">Never shorter: code on its way to the compiler's last tier can look steady for a while.</param>
/// <param name="Most">Then the cell is given up, or measured and labelled.</param>
/// <param name="Window">The rate is taken over windows of this length.</param>
internal sealed record WarmUpPlan(TimeSpan Least, TimeSpan Most, TimeSpan Window)
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromSeconds(0.5);

    /// <summary>For a contestant whose first cell has warmed it up: only the rule itself.</summary>
    public WarmUpPlan Shorter() => this with { Least = Window * RateWindows.Deciding };

    /// <summary>Windows of half a second, or shorter when three of them do not fit <paramref name="least"/>.</summary>
    public static WarmUpPlan Of(TimeSpan least, TimeSpan most)
    {
        var fitting = least / RateWindows.Deciding;
        return new WarmUpPlan(least, most, fitting < DefaultWindow ? fitting : DefaultWindow);
    }
}
