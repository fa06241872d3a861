namespace NetCore.Bench;

/// <summary>What else went on in the machine during the measured time, as shares of all its cores.</summary>
/// <param name="Foreign">CPU time of other programs.</param>
/// <param name="Stolen">Time that the hypervisor gave to other guests.</param>
internal sealed record Disturbance(double Foreign, double Stolen)
{
    // Judgements: on two cores the first is a tenth of one core, more than a result should be wrong by. Stolen time is
    // the tighter one, because it stops a core in the middle of a call.
    private const double MostForeign = 0.05;
    private const double MostStolen = 0.02;

    /// <summary>In words; null when it is too little to matter.</summary>
    public string? Reason => Foreign > MostForeign || Stolen > MostStolen
        ? FormattableString.Invariant($"{Foreign * 100:0.0} % CPU of other programs, {Stolen * 100:0.0} % stolen")
        : null;
}
