using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>Which ring is made of what the kernel takes, and what each refusal means.</summary>
public sealed class RingLadderTests
{
    private const SetupFlags Younger = SetupFlags.NoSubmissionArray | SetupFlags.DeferTaskRun
        | SetupFlags.SingleIssuer | SetupFlags.CooperativeTaskRun;

    public static TheoryData<string> Rungs => [.. Enum.GetNames<RingRung>()];

    [Theory]
    [InlineData(nameof(RingRung.DeferredWithoutArray), 0u)]
    [InlineData(nameof(RingRung.Deferred), (uint)SetupFlags.NoSubmissionArray)]
    [InlineData(nameof(RingRung.CooperativeSingleIssuer), (uint)(Younger & ~SetupFlags.SingleIssuer
        & ~SetupFlags.CooperativeTaskRun))]
    [InlineData(nameof(RingRung.Cooperative), (uint)(Younger & ~SetupFlags.CooperativeTaskRun))]
    [InlineData(nameof(RingRung.Plain), (uint)Younger)]
    public void A_flag_that_the_kernel_does_not_know_leads_one_rung_down(string rung, uint unknown)
    {
        using var kernel = new FakeUring
        {
            OnSetup = (flags, _) => ((uint)flags & unknown) != 0 ? Errno.Invalid : Errno.None,
        };
        var expected = Enum.Parse<RingRung>(rung);
        var setup = Ring.Open(kernel, new RingOptions());
        using var ring = setup.Ring!;
        Assert.Equal(expected, ring.Rung);
        Assert.Contains(rung, setup.Reason, StringComparison.Ordinal);
        Assert.Equal((int)expected + 1, kernel.Setups.Count);
        Assert.Equal(Enum.GetValues<RingRung>()[..((int)expected + 1)].Select(RingLadder.FlagsOf),
            kernel.Setups.Select(static one => one.Flags));
    }

    [Theory]
    [MemberData(nameof(Rungs))]
    public void A_rung_that_is_asked_for_is_the_only_one_that_is_tried(string rung)
    {
        using var kernel = new FakeUring { OnSetup = static (_, _) => Errno.Invalid };
        var only = Enum.Parse<RingRung>(rung);
        Assert.Equal(RingRefusal.TooOld, Ring.Open(kernel, new RingOptions { Only = only }).Refusal);
        Assert.Equal(RingLadder.FlagsOf(only), Assert.Single(kernel.Setups).Flags);
    }

    [Fact]
    public void The_sets_of_flags_are_those_that_the_kernel_takes_together()
    {
        foreach (var flags in Enum.GetValues<RingRung>().Select(RingLadder.FlagsOf))
        {
            Assert.True(flags.HasFlag(SetupFlags.CompletionQueueSize | SetupFlags.Clamp));
            Assert.True(!flags.HasFlag(SetupFlags.DeferTaskRun) || flags.HasFlag(SetupFlags.SingleIssuer));
            Assert.False(flags.HasFlag(SetupFlags.DeferTaskRun | SetupFlags.CooperativeTaskRun));
            Assert.True(!flags.HasFlag(SetupFlags.TaskRunFlag)
                || (flags & (SetupFlags.DeferTaskRun | SetupFlags.CooperativeTaskRun)) != 0);
        }
    }

    [Theory]
    [InlineData((int)Errno.NotPermitted, (int)RingRefusal.NotPermitted)]
    [InlineData((int)Errno.AccessDenied, (int)RingRefusal.NotPermitted)]
    [InlineData((int)Errno.NotImplemented, (int)RingRefusal.NotAvailable)]
    [InlineData((int)Errno.TooManyFiles, (int)RingRefusal.TooManyFiles)]
    [InlineData((int)Errno.Fault, (int)RingRefusal.Failed)]
    public void A_refusal_is_the_same_on_each_rung_and_is_asked_for_once(int errno, int refusal)
    {
        using var kernel = new FakeUring { OnSetup = (_, _) => (Errno)errno };
        var setup = Ring.Open(kernel, new RingOptions());
        Assert.Equal((RingRefusal)refusal, setup.Refusal);
        Assert.Equal((Errno)errno, setup.Error);
        Assert.Null(setup.Ring);
        Assert.Single(kernel.Setups);
        Assert.Empty(kernel.Pauses);
    }

    [Fact]
    public void A_lack_of_memory_that_passes_costs_pauses_and_no_size()
    {
        var left = 3;
        using var kernel = new FakeUring { OnSetup = (_, _) => left-- > 0 ? Errno.NoMemory : Errno.None };
        using var ring = Ring.Open(kernel, new RingOptions()).Ring!;
        Assert.Equal([5, 10, 20], kernel.Pauses);
        Assert.Equal(512u, ring.Entries);
    }

    [Fact]
    public void A_lack_of_memory_that_stays_halves_the_ring_down_to_the_least()
    {
        using var kernel = new FakeUring
        {
            OnSetup = static (_, entries) => entries > 256 ? Errno.NoMemory : Errno.None,
        };
        using var ring = Ring.Open(kernel, new RingOptions { Entries = 1024, CompletionEntries = 4096 }).Ring!;
        Assert.Equal([5, 10, 20, 40, 80], kernel.Pauses);
        Assert.Equal((256u, 1024u), (ring.Entries, ring.CompletionEntries));

        using var none = new FakeUring { OnSetup = static (_, _) => Errno.NoMemory };
        Assert.Equal(RingRefusal.NoMemory, Ring.Open(none, new RingOptions()).Refusal);
        Assert.Equal(256u, none.Setups[^1].Entries);
        Assert.Equal([5, 10, 20, 40, 80], none.Pauses);
    }

    [Fact]
    public void A_feature_that_is_switched_off_is_not_used()
    {
        using var kernel = new FakeUring();
        using var shared = Ring.Open(kernel, new RingOptions { Disabled = RingFeatures.NoSubmissionArray }).Ring!;
        Assert.Equal(RingRung.Deferred, shared.Rung);

        using var other = new FakeUring();
        var disabled = RingFeatures.DeferTaskRun | RingFeatures.NoIoWait | RingFeatures.ReceiveMultishot;
        using var ring = Ring.Open(other, new RingOptions { Disabled = disabled }).Ring!;
        Assert.Equal(RingRung.CooperativeSingleIssuer, ring.Rung);
        Assert.Equal(RingFeatures.None, ring.Features & disabled);
        Assert.True(ring.Has(RingFeatures.AcceptMultishot | RingFeatures.PollFirst));
        ring.Wait(1, Ring.Forever);
        Assert.Equal(EnterFlags.GetEvents, Assert.Single(other.Enters).Flags);
    }

    [Fact]
    public void What_the_kernel_lacks_is_not_relied_on()
    {
        using var kernel = new FakeUring
        {
            Features = ~FeatureFlags.NoIoWait,
            Operations = [.. Enum.GetValues<Operation>().Where(static one => one != Operation.SendZeroCopy)],
        };
        using var ring = Ring.Open(kernel, new RingOptions()).Ring!;
        Assert.Equal(RingFeatures.None, ring.Features & (RingFeatures.ReceiveMultishot | RingFeatures.NoIoWait));
        Assert.True(ring.Has(RingFeatures.BufferRing | RingFeatures.SendAll | RingFeatures.CancelAll));
    }

    [Fact]
    public void A_ring_that_lacks_what_is_needed_is_closed_and_the_lack_is_named()
    {
        using var old = new FakeUring { Features = ~FeatureFlags.ExtendedArgument };
        var setup = Ring.Open(old, new RingOptions());
        Assert.Equal((RingRefusal.TooOld, 1), (setup.Refusal, old.Closed));
        Assert.Contains(nameof(FeatureFlags.ExtendedArgument), setup.Reason, StringComparison.Ordinal);

        using var poor = new FakeUring { Operations = [Operation.Receive, Operation.Send] };
        setup = Ring.Open(poor, new RingOptions());
        Assert.Equal((RingRefusal.TooOld, 1), (setup.Refusal, poor.Closed));
        Assert.Contains(nameof(Operation.SendMessage), setup.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_ring_has_closed_its_descriptor_once_and_mapped_nothing()
    {
        using var kernel = new FakeUring();
        var ring = Ring.Open(kernel, new RingOptions()).Ring!;
        Assert.Equal(2, kernel.Mapped);
        ring.Dispose();
        ring.Dispose();
        Assert.Equal((0, 1), (kernel.Mapped, kernel.Closed));
    }
}
