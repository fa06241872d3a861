using System.Numerics;

namespace NetCore.Core;

/// <summary>
/// Counts durations in buckets that grow with the value: any percentile, within 1 %, in fixed memory.
/// </summary>
/// <remarks>
/// Values below 128 have a bucket each. Above, every power of two is cut into 64 equal buckets, so a bucket is at most
/// 1/64 of its values wide, and its middle, which is what a percentile gives back, at most 1/128 = 0.8 % away from any
/// of them. All values of <c>long</c> fit; the memory is about 30 KB, taken once. The unit is the caller's, usually
/// nanoseconds. For one writer: readers on other threads may see a record half counted. A thread each, with a histogram
/// each, is joined by <see cref="Add"/>.
/// </remarks>
public sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    // Exact values 0 to 127 take two groups of 64, and each of the powers 2^7 to 2^62 takes one.
    private const int Buckets = (63 - SubBits + 1) * SubBuckets;

    private readonly long[] _counts = new long[Buckets];

    // A sum of longs would overflow after 292 years in nanoseconds: soon, for a million records of a bad day.
    private UInt128 _sum;

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The largest value recorded, exact; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>The mean, exact but for rounding; 0 when there is none.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>Counts one value; a negative one (a clock that jumped) counts as 0. Allocates nothing.</summary>
    public void Record(long value) => RecordMany(value, 1);

    /// <summary>Counts <paramref name="value"/> <paramref name="times"/> times.</summary>
    public void RecordMany(long value, long times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        if (times == 0)
        {
            return;
        }

        value = Math.Max(0, value);
        _counts[BucketOf(value)] += times;
        _sum += (UInt128)value * (UInt128)times;
        Count += times;
        Max = Math.Max(Max, value);
    }

    /// <summary>Takes over all counts of <paramref name="other"/>, which stays as it is.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        _sum += other._sum;
        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>Forgets all counts and keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _sum = 0;
        Count = 0;
        Max = 0;
    }

    /// <summary>
    /// The value that <paramref name="percentile"/> percent of the values do not pass, within 1 % and never above
    /// <see cref="Max"/>; 0 when there is none.
    /// </summary>
    /// <param name="percentile">0 to 100; 100 gives <see cref="Max"/> itself.</param>
    public long ValueAt(double percentile)
    {
        if (!(percentile is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile is 0 to 100.");
        }

        // The nearest rank: the smallest value with at least that share of the values at or below it.
        var rank = Math.Max(1, (long)Math.Ceiling(percentile / 100 * Count));
        if (rank >= Count)
        {
            return Max;
        }

        long seen = 0;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(MiddleOf(i), Max);
            }
        }

        return Max;
    }

    private static int BucketOf(long value)
    {
        // The shift leaves the top seven bits: a one and six that choose the bucket within the power of two.
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket / SubBuckets) - 1;
        var low = (long)(SubBuckets + (bucket % SubBuckets)) << shift;
        return low + ((1L << shift) >> 1);
    }
}
