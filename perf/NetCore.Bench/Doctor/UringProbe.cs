using NetCore.Bench.Contenders;

namespace NetCore.Bench.Doctor;

/// <summary>What of io_uring works here. Version numbers say little (backports, sandboxes), so all is tried.</summary>
internal static unsafe class UringProbe
{
    private const int Entries = 8;

    /// <param name="files">For the reason of a refusal.</param>
    /// <param name="best">The flags of the best set-up; null when there is none.</param>
    public static EngineReport Run(SystemFiles files, out uint? best)
    {
        best = null;
        var opened = ProbeRing.Open(Entries, 0, out var ring);
        if (ring is null)
        {
            return new EngineReport("io_uring", false, UringRefusal.Explain(-opened, files), []);
        }

        using (ring)
        {
            var features = new List<Feature>();
            var missing = new List<string>();
            AddSetups(features);
            AddFeatures(ring, features, missing);
            AddOperations(ring, features, missing);
            if (!ring.IsMapped)
            {
                missing.Add("memory of the ring (mmap refused it)");
            }

            var (name, flags, errno) = Climb(TryOpen);
            if (errno is not (0 or Kernel.Invalid))
            {
                return new EngineReport("io_uring", false, UringRefusal.Explain(errno, files), features);
            }

            if (name is null)
            {
                missing.Add("a set-up with SETUP_CQSIZE and SETUP_CLAMP");
            }

            if (missing.Count > 0)
            {
                return new EngineReport("io_uring", false, $"it lacks {string.Join(", ", missing)}", features);
            }

            if (SelfTest(flags, files) is { } wrong)
            {
                return new EngineReport("io_uring", false, wrong, features);
            }

            best = flags;
            return new EngineReport("io_uring", true, $"set-up: {name}; an echo through it came back", features);
        }
    }

    /// <summary>The best set-up that opens; without one the error that says why.</summary>
    /// <param name="open">Tries a set of flags and gives its errno, or 0.</param>
    internal static (string? Name, uint Flags, int Errno) Climb(Func<uint, int> open)
    {
        // A set that the kernel does not know is invalid, and says nothing about the next one.
        var refusal = Kernel.Invalid;
        foreach (var (name, flags) in UringFlags.Ladder)
        {
            var errno = open(flags);
            if (errno == 0)
            {
                return (name, flags, 0);
            }

            refusal = errno == Kernel.Invalid ? refusal : errno;
        }

        return (null, 0, refusal);
    }

    private static int TryOpen(uint flags)
    {
        var opened = ProbeRing.Open(Entries, flags, out var ring);
        ring?.Dispose();
        return ring is not null ? 0 : -opened;
    }

    private static void AddSetups(List<Feature> features)
    {
        foreach (var (name, flags, since) in UringFlags.Single)
        {
            var errno = TryOpen(flags);
            features.Add(errno == 0 ? Feature.Yes(name) : Feature.No(name, errno switch
            {
                Kernel.Invalid => $"this kernel does not know it, {since} brought it",
                Kernel.NoMemory => "not known, no locked memory was left to try it",
                _ => $"errno {errno}",
            }));
        }
    }

    private static void AddFeatures(ProbeRing ring, List<Feature> features, List<string> missing)
    {
        foreach (var (name, bit, since, needed) in UringFlags.Features)
        {
            Add(features, missing, name, (ring.Features >> bit & 1) != 0, since, needed);
        }
    }

    private static void AddOperations(ProbeRing ring, List<Feature> features, List<string> missing)
    {
        var operations = UringFlags.Operations;
        if (ring.Supports([.. operations.Select(static one => one.Code)]) is not { } supported)
        {
            missing.Add("REGISTER_PROBE (5.6), which tells the operations");
            return;
        }

        for (var i = 0; i < supported.Length; i++)
        {
            var (name, _, since, needed) = operations[i];
            Add(features, missing, name, supported[i], since, needed);
        }
    }

    private static void Add(
        List<Feature> features, List<string> missing, string name, bool has, string since, bool needed)
    {
        features.Add(has ? Feature.Yes(name) : Feature.No(name, $"this kernel lacks it, {since} brought it"));
        if (!has && needed)
        {
            missing.Add(name);
        }
    }

    // Eight bytes through a pair of sockets, sent and received by the ring; null when they came back.
    private static string? SelfTest(uint flags, SystemFiles files)
    {
        var opened = ProbeRing.Open(Entries, flags, out var ring);
        using var owned = ring;
        if (ring is null)
        {
            return UringRefusal.Explain(-opened, files);
        }

        var pair = stackalloc int[2];
        if (!ring.IsMapped || Kernel.SocketPair(pair) < 0)
        {
            return "it opens, but the memory of a second ring or a pair of sockets could not be had";
        }

        long sent = 0x0123456789abcdef;
        long received = 0;
        ring.Prepare(UringEcho.Receive, pair[1], &received, sizeof(long), 1);
        ring.Prepare(UringEcho.Send, pair[0], &sent, sizeof(long), 2);
        var entered = ring.Submit(wait: 2);
        var complete = 0;
        while (ring.TryTake(out _, out var result))
        {
            complete += result == sizeof(long) ? 1 : 0;
        }

        _ = Libc.Close(pair[0]);
        _ = Libc.Close(pair[1]);
        return entered < 0 ? $"it opens, but io_uring_enter failed with errno {-entered}"
            : complete == 2 && received == sent ? null
            : "it opens, but eight bytes that were sent through it did not come back";
    }
}
