namespace NetCore.Bench.Html;

/// <summary>A logarithmic axis from 0 to 1 over positive values.</summary>
internal sealed class LogScale
{
    private readonly double _low;
    private readonly double _span;

    /// <summary>An axis on which all <paramref name="values"/> have room.</summary>
    public LogScale(IEnumerable<double> values)
    {
        var positive = values.Where(static value => value > 0 && double.IsFinite(value)).ToList();
        var low = positive.Count == 0 ? 1 : positive.Min();
        var high = positive.Count == 0 ? 10 : positive.Max();

        // At least a factor of four, so that equal values do not look far apart, and air at both ends.
        var middle = Math.Sqrt(low * high);
        Low = Math.Min(low * 0.9, middle / 2);
        High = Math.Max(high * 1.1, middle * 2);
        _low = Math.Log(Low);
        _span = Math.Log(High) - _low;
    }

    public double Low { get; }

    public double High { get; }

    public double At(double value) => Math.Clamp((Math.Log(Math.Max(value, Low)) - _low) / _span, 0, 1);

    /// <summary>Round values: 1, 2 and 5 of each power of ten, only 1 when there are many powers.</summary>
    public IEnumerable<double> Ticks()
    {
        const double fewPowers = 3.2;
        double[] steps = _span / Math.Log(10) <= fewPowers ? [1, 2, 5] : [1];
        for (var power = Math.Floor(Math.Log10(Low)); power <= Math.Ceiling(Math.Log10(High)); power++)
        {
            foreach (var step in steps)
            {
                var tick = step * Math.Pow(10, power);
                if (tick >= Low && tick <= High)
                {
                    yield return tick;
                }
            }
        }
    }
}
