namespace NetCore.Bench;

/// <summary>What else went on meanwhile, as shares of a core, or of all cores when nothing is pinned.</summary>
/// <param name="Foreign">CPU time of other programs.</param>
/// <param name="Stolen">Time that the hypervisor gave to other guests.</param>
internal sealed record Disturbance(double Foreign, double Stolen)
{
    public static readonly Disturbance None = new(0, 0);

    // More than this and the figure is the other program's.
    private const double Most = 0.10;

    /// <summary>In words; null when it is too little to matter.</summary>
    public string? Reason => Foreign > Most || Stolen > Most
        ? FormattableString.Invariant($"{Foreign * 100:0} % CPU of other programs, {Stolen * 100:0} % stolen")
        : null;

    /// <summary>The worse of both in each respect.</summary>
    public Disturbance Or(Disturbance other) =>
        new(Math.Max(Foreign, other.Foreign), Math.Max(Stolen, other.Stolen));
}
