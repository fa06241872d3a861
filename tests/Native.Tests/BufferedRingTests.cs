using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>A ring and its buffers share the locked memory.</summary>
public sealed class BufferedRingTests
{
    private static readonly int[] Pauses = [5, 10, 20, 40, 80];

    [Fact]
    public void A_lack_of_memory_that_passes_costs_pauses_and_no_size()
    {
        var left = 2;
        using var kernel = new FakeUring { OnBuffers = _ => left-- > 0 ? Errno.NoMemory : Errno.None };
        using var made = new Made(kernel);
        Assert.Equal((512u, Errno.None), (made.Entries, made.Error));
        Assert.NotNull(made.Buffers);
        Assert.Equal([5, 10], kernel.Pauses);
    }

    [Fact]
    public void A_ring_that_leaves_no_memory_for_its_buffers_gives_way_to_one_of_half_the_size()
    {
        using var kernel = new FakeUring { OnBuffers = static entries => entries > 256 ? Errno.NoMemory : Errno.None };
        using var made = new Made(kernel, new RingOptions { Entries = 1024, CompletionEntries = 4096 });
        Assert.Equal([(1024u, 4096u), (512, 2048), (256, 1024)], Sizes(kernel));
        Assert.Equal((2, 2), (kernel.Closed, kernel.Mapped));
        Assert.Equal([.. Pauses, .. Pauses], kernel.Pauses);
        Assert.Equal((256u, Errno.None), (made.Entries, made.Error));
        Assert.NotNull(made.Buffers);
    }

    [Fact]
    public void A_ring_of_the_least_size_goes_without()
    {
        using var kernel = new FakeUring { OnBuffers = static _ => Errno.NoMemory };
        using var made = new Made(kernel, new RingOptions { Entries = 512, LeastEntries = 512 });
        Assert.Equal((512u, Errno.NoMemory), (made.Entries, made.Error));
        Assert.Null(made.Buffers);
        Assert.Equal(0, kernel.Closed);
        Assert.Equal(Pauses, kernel.Pauses);
    }

    [Fact]
    public void Where_half_of_it_cannot_be_had_after_all_the_ring_is_made_again_without()
    {
        using var kernel = new FakeUring
        {
            OnBuffers = static _ => Errno.NoMemory,
            OnSetup = static (_, entries) => entries < 512 ? Errno.NoMemory : Errno.None,
        };
        using var made = new Made(kernel);
        Assert.Equal((512u, Errno.NoMemory), (made.Entries, made.Error));
        Assert.Null(made.Buffers);
        Assert.Equal(1, kernel.Closed);
    }

    [Theory]
    [InlineData((int)Errno.Invalid)]
    [InlineData((int)Errno.NotPermitted)]
    public void A_refusal_is_no_matter_of_memory_and_is_told(int error)
    {
        using var kernel = new FakeUring { OnBuffers = _ => (Errno)error };
        using var made = new Made(kernel);
        Assert.Equal((512u, (Errno)error), (made.Entries, made.Error));
        Assert.Null(made.Buffers);
        Assert.Empty(kernel.Pauses);
    }

    [Theory]
    [InlineData(false, false, 4, (int)Errno.NotImplemented)]
    [InlineData(true, true, 4, (int)Errno.None)]
    [InlineData(true, false, 0, (int)Errno.None)]
    public void Only_who_wants_buffers_is_told_that_the_kernel_has_none(bool has, bool disabled, int count, int error)
    {
        using var kernel = new FakeUring
        {
            Operations = [.. Enum.GetValues<Operation>().Where(one => has || one != Operation.Socket)],
        };
        var forbidden = disabled ? RingFeatures.BufferRing : RingFeatures.None;
        using var made = new Made(kernel, new RingOptions { Disabled = forbidden }, count);
        Assert.Equal((512u, (Errno)error), (made.Entries, made.Error));
        Assert.Null(made.Buffers);
        Assert.Equal(RegisterOperation.Probe, Assert.Single(kernel.Registrations).Operation);
    }

    [Fact]
    public void Without_a_ring_there_is_the_refusal_alone()
    {
        using var kernel = new FakeUring { OnSetup = static (_, _) => Errno.NotPermitted };
        var made = BufferedRing.Open(kernel, new RingOptions(), 0, 4, 64);
        Assert.Equal(RingRefusal.NotPermitted, made.Setup.Refusal);
        Assert.Equal((null, Errno.None), (made.Buffers, made.NoBuffers));
        Assert.Single(kernel.Setups);
    }

    [Fact]
    public void A_ring_whose_buffers_throw_is_closed()
    {
        using var kernel = new FakeUring();
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferedRing.Open(kernel, new RingOptions(), 0, 3, 64));
        Assert.Equal(1, kernel.Closed);
    }

    private static IEnumerable<(uint Entries, uint Completions)> Sizes(FakeUring kernel) =>
        kernel.Setups.Select(static one => (one.Entries, one.Completions));

    private sealed class Made(FakeUring kernel, RingOptions? options = null, int count = 4) : IDisposable
    {
        private readonly BufferedRing _made = BufferedRing.Open(kernel, options ?? new RingOptions(), 0, count, 64);

        public BufferRing? Buffers => _made.Buffers;

        public Errno Error => _made.NoBuffers;

        public uint Entries => _made.Setup.Ring!.Entries;

        public void Dispose()
        {
            _made.Buffers?.Dispose();
            _made.Setup.Ring?.Dispose();
        }
    }
}
