namespace NetCore.Bench;

/// <summary>By what factor a figure of two independent runs differs, with the interval of 95 %.</summary>
/// <remarks>
/// The median of all ratios of a round of one run to a round of the other (Hodges and Lehmann); the interval leaves out
/// as many of the outermost ratios as the Mann-Whitney test allows, in its normal approximation. With three rounds each
/// that is none: the interval is the whole range then, and nine rounds are what a decision takes.
/// </remarks>
internal readonly record struct Shift(double Median, double Min, double Max)
{
    private const double TwoSided95 = 1.96;

    public static Shift Of(IEnumerable<double> before, IEnumerable<double> after)
    {
        var (first, second) = (before.ToArray(), after.ToArray());
        var ratios = second.SelectMany(_ => first, static (now, then) => now / then)
            .Where(double.IsFinite).Order().ToArray();
        if (ratios.Length == 0)
        {
            return default;
        }

        double product = first.Length * second.Length;
        var spread = Math.Sqrt(product * (first.Length + second.Length + 1) / 12);
        var outside = (int)Math.Max(0, Math.Floor((product / 2) - (TwoSided95 * spread)));
        outside = Math.Min(outside, (ratios.Length - 1) / 2);
        return new Shift(Spread.Of(ratios).Median, ratios[outside], ratios[^(outside + 1)]);
    }

    /// <summary>As <c>median [min..max]</c>; a dash where the figure does not apply.</summary>
    public override string ToString() =>
        Median == 0 ? "-" : FormattableString.Invariant($"{Median:0.000} [{Min:0.000}..{Max:0.000}]");
}
