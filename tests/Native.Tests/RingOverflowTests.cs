using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>Rings of the real kernel that are too small for what goes through them.</summary>
public sealed unsafe class RingOverflowTests : IDisposable
{
    private const long Patience = 30_000_000_000;
    private const int Requests = 3000;

    private readonly KernelTime* _time = (KernelTime*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(
        (nuint)sizeof(KernelTime));

    private readonly HashSet<ulong> _done = [];
    private Ring? _ring;

    public static bool NotLinux => !OperatingSystem.IsLinux();

    public static TheoryData<string> Rungs => [.. Enum.GetNames<RingRung>()];

    public void Dispose()
    {
        _ring?.Dispose();
        System.Runtime.InteropServices.NativeMemory.Free(_time);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    [Trait("Trap", "10")]
    public void Timeouts_that_end_at_once_all_complete_though_the_queue_has_eight_entries(string rung)
    {
        var ring = Open(rung, entries: 8, completions: 1024);
        *_time = KernelTime.Of(20_000_000);
        for (ulong i = 0; i < 500; i++)
        {
            Get(ring)->Timeout(_time, i);
        }

        Complete(ring, 500);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    [Trait("Trap", "11")]
    public void Completions_that_do_not_fit_come_later_and_none_is_lost(string rung)
    {
        var ring = Open(rung, entries: 32, completions: 64);
        for (ulong i = 0; i < Requests; i++)
        {
            // Nothing is taken meanwhile, as by a handler that is slow.
            var entry = ring.TryGetEntry();
            entry = entry is null ? Get(ring) : entry;
            entry->Nothing(i);
        }

        Complete(ring, Requests);
        Assert.Equal(0u, ring.LostCompletions);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    public void Timeouts_that_end_while_nobody_looks_all_complete(string rung)
    {
        var ring = Open(rung, entries: 128, completions: 128);
        *_time = KernelTime.Of(1_000_000);
        for (ulong i = 0; i < Requests; i++)
        {
            var entry = ring.TryGetEntry();
            (entry is null ? Get(ring) : entry)->Timeout(_time, i);
        }

        ring.Submit();
        Complete(ring, Requests);
        Assert.Equal(0u, ring.LostCompletions);
    }

    private Ring Open(string rung, uint entries, uint completions)
    {
        var setup = Ring.Open(new UringKernel(), new RingOptions
        {
            Only = Enum.Parse<RingRung>(rung), Entries = entries, CompletionEntries = completions,
        });
        Assert.True(setup.Ring is not null, setup.Reason);
        Assert.Equal((entries, completions), (setup.Ring.Entries, setup.Ring.CompletionEntries));
        return _ring = setup.Ring;
    }

    // An entry, after taking completions when the kernel takes no more.
    private SubmissionEntry* Get(Ring ring)
    {
        while (true)
        {
            var entry = ring.TryGetEntry();
            if (entry is not null)
            {
                return entry;
            }

            Take(ring);
            Assert.False(ring.Poll().IsFatal);
        }
    }

    private void Complete(Ring ring, int count)
    {
        Take(ring);
        while (_done.Count < count)
        {
            var result = ring.Wait(1, Patience);
            Assert.True(result.Status is EnterStatus.Done or EnterStatus.Full, result.ToString());
            Take(ring);
        }

        Assert.Equal(EnterStatus.TimedOut, ring.Wait(1, 0).Status);
        Assert.Equal(count, _done.Count);
    }

    private void Take(Ring ring)
    {
        while (ring.TryTake(out var completion))
        {
            Assert.True(_done.Add(completion.Data), $"Request {completion.Data} has completed twice.");
        }
    }
}
