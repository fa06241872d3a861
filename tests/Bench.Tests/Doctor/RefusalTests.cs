using NetCore.Bench.Doctor;

namespace NetCore.Bench.Tests.Doctor;

public class RefusalTests
{
    private static readonly KernelVersion New = new(6, 1);

    [Theory]
    [InlineData(38, null, 0, "5.0", "came with 5.1")]
    [InlineData(38, null, 0, "6.1", "without io_uring")]
    [InlineData(38, "0", 2, "6.1", "seccomp")]
    [InlineData(1, "2", 2, "6.1", "io_uring_disabled=2")]
    [InlineData(1, "1", 0, "6.1", "io_uring_group")]
    [InlineData(1, "0", 2, "6.1", "seccomp")]
    [InlineData(1, null, 0, "6.1", "security module")]
    [InlineData(12, "0", 0, "6.1", "locked memory")]
    [InlineData(24, "0", 0, "6.1", "errno 24")]
    public void A_refusal_is_told_apart(int errno, string? sysctl, int seccomp, string kernel, string words) =>
        Assert.Contains(
            words,
            UringRefusal.Explain(
                errno, sysctl, new ProcessStatus($"Seccomp:\t{seccomp}\nCapEff:\t0\n"), KernelVersion.Parse(kernel)),
            StringComparison.Ordinal);

    // The best set-up is tried first; the kernel does not know one that is invalid, and has no memory left for any.
    [Theory]
    [InlineData(new[] { 0 }, 0, true)]
    [InlineData(new[] { 22, 0 }, 0, true)]
    [InlineData(new[] { 22, 22, 22, 22, 0 }, 0, true)]
    [InlineData(new[] { 22, 22, 22, 22, 22 }, 22, false)]
    [InlineData(new[] { 12, 12, 12, 12, 12 }, 12, false)]
    [InlineData(new[] { 22, 12, 12, 12, 12 }, 12, false)]
    [InlineData(new[] { 12, 12, 22, 22, 22 }, 12, false)]
    [InlineData(new[] { 12, 0 }, 0, true)]
    public void Without_a_set_up_that_opens_the_reason_is_what_the_others_failed_with(
        int[] answers, int errno, bool opens)
    {
        var tries = 0;
        var (name, flags, error) = UringProbe.Climb(_ => answers[tries++]);
        Assert.Equal(errno, error);
        Assert.Equal(answers.Length, tries);
        Assert.Equal(opens ? UringFlags.Ladder[tries - 1] : (null, 0u), (name!, flags));
    }

    // A lack of memory may be that of rings which were closed a moment ago; anything else stays as it is.
    [Theory]
    [InlineData(new[] { 7 }, 7, 0)]
    [InlineData(new[] { -12, -12, 7 }, 7, 15)]
    [InlineData(new[] { -12, -22 }, -22, 5)]
    [InlineData(new[] { -12, -12, -12, -12, -12, -12 }, -12, 155)]
    public void A_ring_without_memory_is_tried_again_for_a_while(int[] answers, int opened, int waited)
    {
        var tries = 0;
        var milliseconds = 0;
        Assert.Equal(opened, ProbeRing.Patiently(() => answers[tries++], pause => milliseconds += pause));
        Assert.Equal(answers.Length, tries);
        Assert.Equal(waited, milliseconds);
    }

    [Fact]
    public void Administrators_are_not_told_of_the_group() => Assert.DoesNotContain(
        "io_uring_group",
        UringRefusal.Explain(1, "1", new ProcessStatus("Seccomp:\t0\nCapEff:\t0000000000200000\n"), New),
        StringComparison.Ordinal);
}
