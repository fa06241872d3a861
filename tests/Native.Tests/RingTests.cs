using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>Rings of the real kernel, by each set of flags.</summary>
public sealed unsafe class RingTests : IDisposable
{
    private const long Patience = 30_000_000_000;

    private readonly int _one;
    private readonly int _other;
    private readonly List<Completion> _completions = [];
    private Ring? _ring;

    public RingTests() => Assert.True(Sockets.CreatePair(out _one, out _other).IsOk);

    public static bool NotLinux => !OperatingSystem.IsLinux();

    public static TheoryData<string> Rungs => [.. Enum.GetNames<RingRung>()];

    public void Dispose()
    {
        _ring?.Dispose();
        Sockets.Close(_one);
        Sockets.Close(_other);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    public void An_echo_comes_back(string rung)
    {
        var ring = Open(rung);
        var memory = stackalloc byte[8];
        memory[0] = 42;
        ring.TryGetEntry()->Receive(_other, memory + 4, 4, 1);
        ring.TryGetEntry()->Send(_one, memory, 1, MessageFlags.NoSignal | MessageFlags.WaitAll, 2);
        Complete(ring, 2);
        Assert.Equal([(1UL, 1), (2UL, 1)], Results());
        Assert.Equal(42, memory[4]);
        Assert.Equal(0u, ring.Pending);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    public void A_wait_ends_with_its_time(string rung)
    {
        var ring = Open(rung);
        Assert.Equal(EnterStatus.TimedOut, ring.Wait(1, 1_000_000).Status);
        Assert.False(ring.TryTake(out _));
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [MemberData(nameof(Rungs))]
    public void Buffers_are_taken_until_there_are_none_and_given_back(string rung)
    {
        var ring = Open(rung);
        Assert.True(ring.Has(RingFeatures.BufferRing | RingFeatures.ReceiveMultishot));
        Assert.True(BufferRing.TryCreate(ring, 7, 2, 16, out var buffers).IsOk);
        using (buffers)
        {
            ring.TryGetEntry()->ReceiveMultishot(_other, 7, 1);
            Assert.True(ring.Submit().Status == EnterStatus.Done);
            for (byte i = 1; i <= 2; i++)
            {
                Send(i);
                Complete(ring, i);
                Assert.True(_completions[^1].HasMore && _completions[^1].HasBuffer);
                Assert.Equal(i, buffers!.Take(_completions[^1].BufferId)[0]);
            }

            Send(3);
            Complete(ring, 3);
            Assert.Equal(Errno.NoBuffers, _completions[^1].Error);
            Assert.False(_completions[^1].HasMore);
            buffers!.Return(_completions[0].BufferId);
            buffers.Publish();
            ring.TryGetEntry()->ReceiveMultishot(_other, 7, 2);
            Complete(ring, 4);
            Assert.Equal(_completions[0].BufferId, _completions[^1].BufferId);
            Assert.Equal(3, buffers.Take(_completions[^1].BufferId)[0]);
            Assert.Equal(2, buffers.Taken);

            // The end of the input needs a buffer too: without one the kernel tells of the lack.
            Sockets.EndOutput(_one);
            Complete(ring, 5);
            Assert.Equal(Errno.NoBuffers, _completions[^1].Error);
            buffers.Return(_completions[1].BufferId);
            buffers.Publish();
            ring.TryGetEntry()->ReceiveMultishot(_other, 7, 3);
            Complete(ring, 6);
            Assert.Equal(0, _completions[^1].Result);
            Assert.False(_completions[^1].HasMore);
        }
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(nameof(RingRung.DeferredWithoutArray))]
    [InlineData(nameof(RingRung.Deferred))]
    public void Who_spins_must_enter_when_told_that_work_waits_for_the_queue_stays_empty(string rung)
    {
        var ring = Open(rung);
        var memory = stackalloc byte[4];
        ring.TryGetEntry()->Receive(_other, memory, 4, 1);
        Assert.Equal(EnterStatus.Done, ring.Submit().Status);
        Assert.False(ring.NeedsEnter);
        Send(9);
        Assert.True(SpinWait.SpinUntil(() => ring.NeedsEnter, TimeSpan.FromSeconds(90)));
        Assert.False(ring.HasCompletions);
        Assert.Equal(EnterStatus.Done, ring.Poll().Status);
        Assert.True(ring.HasCompletions);
        Complete(ring, 1);
        Assert.Equal(9, memory[0]);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_ring_that_starts_disabled_belongs_to_the_thread_that_enables_it()
    {
        var setup = Ring.Open(new UringKernel(), new RingOptions { StartDisabled = true });
        var ring = _ring = setup.Ring!;
        Assert.False(ring.IsEnabled);
        ring.TryGetEntry()->Nothing(1);
        Assert.Equal(new EnterResult(EnterStatus.Failed, Errno.BadFileState), ring.Submit());
        OnOtherThread(() =>
        {
            Assert.True(ring.Enable().IsOk);
            Complete(ring, 1);
        });
        Assert.True(ring.IsEnabled);
        ring.TryGetEntry()->Nothing(2);
        Assert.Equal(new EnterResult(EnterStatus.Failed, Errno.Exists), ring.Submit());
        Assert.Equal(1u, ring.Pending);
        Assert.Equal([(1UL, 0)], Results());
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_buffer_has_one_owner_at_a_time()
    {
        var ring = Open(nameof(RingRung.Deferred));
        Assert.True(BufferRing.TryCreate(ring, 1, 2, 16, out var buffers).IsOk);
        Assert.Equal(Errno.Exists, BufferRing.TryCreate(ring, 1, 2, 16, out var none).Error);
        Assert.Null(none);
        using (buffers)
        {
            Assert.Throws<InvalidOperationException>(() => buffers!.Return(0));
            buffers!.Take(0);
            Assert.Throws<InvalidOperationException>(() => buffers.Take(0).Length);
            Assert.Throws<InvalidOperationException>(() => buffers.Take(2).Length);
            buffers.Return(0);
            Assert.Throws<InvalidOperationException>(() => buffers.Return(0));
            Assert.Equal(0, buffers.Taken);
        }
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_request_that_is_late_is_cancelled_by_the_timer_that_is_linked_to_it()
    {
        var ring = Open(nameof(RingRung.Deferred));
        var memory = stackalloc byte[1];
        var time = KernelTime.Of(1_000_000);
        Assert.True(ring.TryReserve(2));
        var receive = ring.TryGetEntry();
        receive->Receive(_other, memory, 1, 1);
        receive->Flags = EntryFlags.Link;
        ring.TryGetEntry()->LinkTimeout(&time, 2);
        Complete(ring, 2);
        Assert.Equal([(1UL, -(int)Errno.Canceled), (2UL, -(int)Errno.TimerExpired)], Results());
    }

    private static void OnOtherThread(Action run)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(run));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private Ring Open(string rung)
    {
        var only = Enum.Parse<RingRung>(rung);
        var setup = Ring.Open(new UringKernel(), new RingOptions { Only = only });
        Assert.True(setup.Ring is not null, setup.Reason);
        Assert.Equal(only, setup.Ring.Rung);
        return _ring = setup.Ring;
    }

    private void Send(byte value) => Assert.Equal(1, new SystemCalls().Send(_one, [value]).Value);

    // Waits until so many have come in all.
    private void Complete(Ring ring, int count)
    {
        while (_completions.Count < count)
        {
            Assert.Equal(EnterStatus.Done, ring.Wait(1, Patience).Status);
            while (ring.TryTake(out var completion))
            {
                _completions.Add(completion);
            }
        }
    }

    private IEnumerable<(ulong Data, int Result)> Results() =>
        _completions.Select(static one => (one.Data, one.Result)).Order();
}
