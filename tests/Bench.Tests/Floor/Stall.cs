namespace NetCore.Bench.Tests.Floor;

/// <summary>Stands still once.</summary>
internal sealed class Stall(long afterBytes, TimeSpan time)
{
    private long _bytes;
    private bool _done;

    public void Apply(Span<byte> bytes)
    {
        _bytes += bytes.Length;
        if (!_done && _bytes > afterBytes)
        {
            _done = true;

            // The time is what the test is about.
            Thread.Sleep(time);
        }
    }
}
