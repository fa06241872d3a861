namespace NetCore.Bench;

/// <summary>Median and range of one figure over the rounds.</summary>
internal readonly record struct Spread(double Median, double Min, double Max, int Count)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            return default;
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }

    /// <summary>The median alone; a dash when there is no value.</summary>
    public string Short(string format) => (this with { Count = Math.Min(Count, 1) }).Text(format);

    /// <summary>
    /// As <c>median [min..max]</c>, the median alone when there is one value, a dash when there is none.
    /// </summary>
    public string Text(string format)
    {
        static string Number(double value, string format) =>
            value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        return Count switch
        {
            0 => "-",
            1 => Number(Median, format),
            _ => $"{Number(Median, format)} [{Number(Min, format)}..{Number(Max, format)}]",
        };
    }
}
