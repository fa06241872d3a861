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
