using FsCheck;
using FsCheck.Xunit;
using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

public sealed class LatencyHistogramLaws
{
    private static readonly double[] Percentiles = [0, 0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100];

    [Property(MaxTest = 100)]
    public void A_percentile_is_within_one_percent_of_the_sorted_value(DoNotSize<ulong> seed)
    {
        var values = Values(new SeededRandomSource(seed.Item));
        var histogram = new LatencyHistogram();
        values.ForEach(histogram.Record);

        AssertDescribes(histogram, values);
    }

    [Property(MaxTest = 50)]
    public void Adding_histograms_is_recording_all_their_values(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var all = new List<long>();
        var sum = new LatencyHistogram();
        for (var part = random.Next(4); part >= 0; part--)
        {
            var values = Values(random);
            var histogram = new LatencyHistogram();
            values.ForEach(histogram.Record);
            sum.Add(histogram);
            all.AddRange(values);
        }

        AssertDescribes(sum, all);
    }

    [Property(MaxTest = 50)]
    public void A_cleared_histogram_is_a_new_one(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var histogram = new LatencyHistogram();
        Values(random).ForEach(histogram.Record);
        histogram.Clear();
        var values = Values(random);
        values.ForEach(histogram.Record);

        AssertDescribes(histogram, values);
    }

    [Fact]
    public void Every_power_of_two_and_its_neighbours_is_within_one_percent()
    {
        for (var bit = 0; bit < 63; bit++)
        {
            var power = 1L << bit;
            foreach (var value in (long[])[power - 1, power, power + 1, power + (power - 1)])
            {
                // A larger value beside it, or the answer would be the exact maximum.
                var histogram = new LatencyHistogram();
                histogram.RecordMany(value, 9);
                histogram.Record(long.MaxValue);
                AssertClose(value, histogram.ValueAt(50));
            }
        }
    }

    [Fact]
    public void Small_values_are_exact()
    {
        for (var value = 0; value < 128; value++)
        {
            var histogram = new LatencyHistogram();
            histogram.RecordMany(value, 2);
            histogram.Record(1000);
            Assert.Equal(value, histogram.ValueAt(50));
        }
    }

    [Fact]
    public void An_empty_histogram_is_zero_and_the_extremes_are_taken()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal((0, 0, 0, 0), (histogram.Count, histogram.Max, histogram.Mean, histogram.ValueAt(99)));
        histogram.Record(-5);
        histogram.RecordMany(7, 0);
        Assert.Equal((1, 0, 0), (histogram.Count, histogram.Max, histogram.ValueAt(50)));
        histogram.RecordMany(long.MaxValue, 3);
        Assert.Equal(long.MaxValue, histogram.ValueAt(100));
        Assert.Equal(long.MaxValue * 0.75, histogram.Mean, tolerance: 1e6);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.ValueAt(100.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.ValueAt(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.ValueAt(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.RecordMany(1, -1));
    }

    [Fact]
    public void Recording_and_reading_allocate_nothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1);
        histogram.ValueAt(50);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (long value = 1; value > 0; value *= 2)
        {
            histogram.Record(value);
        }

        histogram.ValueAt(50);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // All magnitudes alike, some values many times.
    private static List<long> Values(SeededRandomSource random)
    {
        var values = new List<long>();
        for (var count = 1 + random.Next(500); count > 0; count--)
        {
            var value = (long)(random.NextUInt64() >> (1 + random.Next(63)));
            values.AddRange(Enumerable.Repeat(value, 1 + (random.Next(10) == 0 ? random.Next(50) : 0)));
        }

        return values;
    }

    private static void AssertDescribes(LatencyHistogram histogram, List<long> values)
    {
        values.Sort();
        Assert.Equal(values.Count, histogram.Count);
        Assert.Equal(values[^1], histogram.Max);
        var mean = values.Average(static value => (double)value);
        Assert.Equal(mean, histogram.Mean, tolerance: mean * 1e-9);
        foreach (var percentile in Percentiles)
        {
            var rank = Math.Max(1, (int)Math.Ceiling(percentile / 100 * values.Count));
            AssertClose(values[rank - 1], histogram.ValueAt(percentile));
        }

        Assert.Equal(values[^1], histogram.ValueAt(100));
    }

    private static void AssertClose(long expected, long actual) =>
        Assert.True(Math.Abs((double)expected - actual) <= 0.01 * expected, $"{actual} instead of {expected}");
}
