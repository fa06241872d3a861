using System.Diagnostics;
using NetCore.Native.Uring;

namespace NetCore.Native.Peer;

/// <summary>Rings whose memory is counted against a limit, as it is for all but root.</summary>
internal static unsafe class LockedMemory
{
    private const int LimitOfLockedMemory = 8;
    private const int MostRings = 500;
    private const int Cycles = 100;

    // Nobody's; a number without a name is as good.
    private const uint User = 65534;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly RingOptions Options = new() { Entries = 1024, CompletionEntries = 4096 };

    /// <summary>"rings held, refusal, rings that were made and disposed after that".</summary>
    public static string Use(long bytes)
    {
        // What the code needs is loaded before the rights to read it are gone.
        Ring.Open(new UringKernel(), Options).Ring?.Dispose();
        var limit = stackalloc long[] { bytes, bytes };
        Own.Check(Own.SetLimit(LimitOfLockedMemory, limit), "setrlimit");
        if (Own.User() == 0)
        {
            Own.Check(Own.SetGroup(User), "setgid");
            Own.Check(Own.SetUser(User), "setuid");
        }

        var (held, refusal) = Hold();
        var made = 0;
        for (var start = Stopwatch.GetTimestamp(); made < Cycles && Stopwatch.GetElapsedTime(start) < Patience;)
        {
            if (Ring.Open(new UringKernel(), Options).Ring is { } ring)
            {
                made++;
                ring.Dispose();
            }
        }

        return $"{held} {refusal} {made}";
    }

    private static (int Held, RingRefusal Refusal) Hold()
    {
        var rings = new List<Ring>();
        var refusal = RingRefusal.None;
        while (refusal == RingRefusal.None && rings.Count < MostRings)
        {
            var setup = Ring.Open(new UringKernel(), Options);
            refusal = setup.Refusal;
            if (setup.Ring is not null)
            {
                rings.Add(setup.Ring);
            }
        }

        var held = rings.Count;
        rings.ForEach(static ring => ring.Dispose());
        return (held, refusal);
    }
}
