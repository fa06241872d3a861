using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Features of a ring that the environment forbids.</summary>
public sealed class UringSwitchTests
{
    [Theory]
    [InlineData(null, (int)RingFeatures.None)]
    [InlineData(" , ", (int)RingFeatures.None)]
    [InlineData("buffers", (int)RingFeatures.BufferRing)]
    [InlineData("Buffers,NO-ARRAY", (int)(RingFeatures.BufferRing | RingFeatures.NoSubmissionArray))]
    [InlineData("poll-first, send-all", (int)(RingFeatures.PollFirst | RingFeatures.SendAll))]
    public void Words_forbid_features(string? variable, int disabled) =>
        Assert.Equal((RingFeatures)disabled, UringSwitches.Apply(new UringSettings(), variable).Ring.Disabled);

    [Fact]
    public void A_word_that_means_nothing_is_an_error_that_names_the_others()
    {
        var error = Assert.Throws<TransportException>(
            static () => UringSwitches.Apply(new UringSettings(), "buffers,speed"));
        Assert.Equal(TransportError.EngineNotAvailable, error.Error);
        Assert.Contains("'speed'", error.Message, StringComparison.Ordinal);
        Assert.Contains("multishot-accept", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, (int)UringMultishot.Tcp, null)]
    [InlineData("multishot-receive", null, (int)UringMultishot.Never,
        "without multishot-receive (NETCORE_URING_DISABLE)")]
    [InlineData("buffers", "no such request", (int)UringMultishot.Never, "without buffers (NETCORE_URING_DISABLE)")]
    [InlineData("send-all,poll-first", null, (int)UringMultishot.Tcp,
        "without poll-first, send-all (NETCORE_URING_DISABLE)")]
    [InlineData("defer", "no such request", (int)UringMultishot.Never,
        "without defer (NETCORE_URING_DISABLE); each receive is a request of its own: no such request")]
    [InlineData(null, "no such request", (int)UringMultishot.Never,
        "each receive is a request of its own: no such request")]
    public void Each_receive_is_a_request_where_more_is_forbidden_or_missing_and_the_reason_is_kept(
        string? variable, string? missing, int multishot, string? reason)
    {
        var asked = UringSwitches.Apply(new UringSettings { Multishot = UringMultishot.Tcp }, variable);
        var settings = asked.After(new ProbeAnswer(null) { NoMultishot = missing });
        Assert.Equal(((UringMultishot)multishot, reason), (settings.Multishot, settings.Remark));
    }

    [Fact]
    public void Who_wants_no_more_than_that_needs_no_reason() =>
        Assert.Null(new UringSettings().After(new ProbeAnswer(null) { NoMultishot = "no such request" }).Remark);

    [Theory]
    [InlineData(null, "without buffers: no room")]
    [InlineData("send-all", "without send-all (NETCORE_URING_DISABLE); without buffers: no room")]
    public void The_lack_of_buffers_is_why_no_request_receives_again_and_again(string? variable, string reason)
    {
        var settings = UringSwitches.Apply(new UringSettings(), variable);
        Assert.Equal(reason, (settings with { NoBuffers = "no room", NoMultishot = "no such request" }).Remark);
    }

    [Fact]
    public void A_ring_without_the_forbidden_has_no_buffers()
    {
        using var inbox = new ReactorInbox();
        using var set = new UringSet(
            new UringKernel(), UringSwitches.Apply(new UringSettings(), "buffers,defer"), inbox.Descriptor);
        Assert.False(set.HasBuffers);
        Assert.Equal(RingRung.CooperativeSingleIssuer, set.Rung);
    }
}
