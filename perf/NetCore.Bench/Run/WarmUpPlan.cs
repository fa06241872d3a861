namespace NetCore.Bench;

/// <summary>How long a contestant is given to become steady.</summary>
/// <param name="Least">Never shorter: code on its way to the compiler's last tier can look steady for a while.</param>
/// <param name="Most">Then it is measured anyway and labelled.</param>
/// <param name="Window">The rate is taken over windows of this length.</param>
internal sealed record WarmUpPlan(TimeSpan Least, TimeSpan Most, TimeSpan Window)
{
    /// <summary>Of the rule: three in a row decide.</summary>
    public const int SteadyWindows = 3;

    public static readonly TimeSpan DefaultWindow = TimeSpan.FromSeconds(0.5);

    /// <summary>For a contestant whose first cell has warmed it up: only the rule itself.</summary>
    public WarmUpPlan Shorter() => this with { Least = Window * SteadyWindows };

    /// <summary>Windows of half a second, or shorter when three of them do not fit <paramref name="least"/>.</summary>
    public static WarmUpPlan Of(TimeSpan least, TimeSpan most)
    {
        var window = least / SteadyWindows < DefaultWindow ? least / SteadyWindows : DefaultWindow;
        return new WarmUpPlan(least, most, window);
    }
}
