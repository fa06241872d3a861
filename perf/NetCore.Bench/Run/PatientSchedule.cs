namespace NetCore.Bench;

/// <summary>As long as it takes, within reason.</summary>
/// <param name="least">Of the first cell of a pair; the others find a contestant that is warm already.</param>
internal sealed class PatientSchedule(TimeSpan least) : IWarmUpSchedule
{
    // What is not steady by then is not going to be.
    private const int MostTimes = 3;

    private readonly WarmUpPlan _first = WarmUpPlan.Of(least, least * MostTimes);

    public WarmUpPlan? Next(bool firstOfPair) => firstOfPair ? _first : _first.Shorter() with { Most = least * 2 };
}
