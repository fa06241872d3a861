using NetCore.Framing;

namespace NetCore.Session.Tests;

/// <summary>Rules of docs/wire-format.md that no other test is about.</summary>
public class WireRuleTests
{
    [Fact]
    [Trait("Wire", "W-27 S")]
    public void A_hello_has_its_fields_where_they_belong_and_zeros_in_the_reserved_one()
    {
        var options = new SessionOptions { MaxStreams = 77, StreamWindowBytes = 1 << 17, MaxMessageBytes = 1 << 20 };
        using var wired = new Wired(options: options, hello: false);
        var payload = Assert.Single(wired.Sent()).Payload;

        Assert.Equal(40, payload.Length);
        Assert.Equal("4E435231" + "01000100" + "0000000000000000", Convert.ToHexString(payload[..16]));
        Assert.Equal(1u << 20, BitConverter.ToUInt32(payload, 16));
        Assert.Equal(1u << 17, BitConverter.ToUInt32(payload, 20));
        Assert.Equal(77u, BitConverter.ToUInt32(payload, 28));
        Assert.Equal(0u, BitConverter.ToUInt32(payload, 36));
    }

    [Fact]
    [Trait("Wire", "W-34 R")]
    public void Features_that_nobody_knows_are_ignored()
    {
        using var wired = new Wired(hello: false);
        wired.Feed(Frame.Hello(edit: payload => payload.AsSpan(8, 8).Fill(0xFF)));
        Assert.True(wired.Session.Established.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Wire", "W-36 S")]
    public void Every_frame_of_a_stream_carries_its_protocol()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open(new byte[40_000], end: false);
        Assert.True(wired.Send(stream, new byte[20_000]));
        var frames = wired.Sent();
        Assert.True(frames.Count >= 4);
        Assert.All(frames, frame => Assert.Equal(UpperProtocol.User, frame.Header.Protocol));
    }

    [Fact]
    [Trait("Wire", "W-26 S")]
    public void A_stream_is_opened_when_the_hello_of_the_peer_is_there_and_not_before()
    {
        using var wired = new Wired(SessionRole.Connector, hello: false);
        wired.Open([1]);
        Assert.Equal(FrameKind.Hello, Assert.Single(wired.Sent()).Kind);
        wired.Feed(Frame.Hello());
        Assert.Equal((FrameKind.Open, 1ul), Assert.Single(wired.Sent()) is var open ? (open.Kind, open.Id) : default);
    }

    [Fact]
    [Trait("Wire", "W-38 S")]
    public void After_its_end_a_half_sends_no_data_and_after_a_reset_the_stream_sends_nothing()
    {
        using var wired = new Wired(SessionRole.Connector);
        var ended = wired.Open([1]);
        var reset = wired.Open([2], end: false);
        Assert.True(wired.Reset(reset, out _));
        wired.Sent();

        Assert.False(wired.Send(ended, [3]));
        Assert.False(wired.Send(reset, [4]));
        Assert.False(wired.Reset(reset, out _));
        Assert.Empty(wired.Sent());
    }

    [Fact]
    [Trait("Wire", "W-44 R")]
    public void A_reset_code_that_nobody_knows_is_handed_on()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1], end: false), Frame.Reset(1, (ResetCode)0xFFFF_0001));
        Assert.Equal((ResetCode)0xFFFF_0001, wired.Handler.Accepted.Single().End.Code);
    }

    [Fact]
    [Trait("Wire", "W-45 S")]
    public void A_frame_without_payload_needs_no_credit()
    {
        var small = new SessionOptions { StreamWindowBytes = SessionLimits.MinWindowBytes };
        using var wired = new Wired(SessionRole.Connector, peer: small);
        var full = wired.Open(new byte[SessionLimits.MinWindowBytes], end: false);
        wired.Sent();
        Assert.True(wired.Send(full, []));
        Assert.True(Assert.Single(wired.Sent()).IsEnd);
    }

    [Fact]
    [Trait("Wire", "W-55 R")]
    public void A_goaway_with_a_code_that_nobody_knows_ends_the_session()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        wired.Sent();
        wired.Feed(Frame.GoAway(1, (SessionError)4242));
        Assert.Empty(wired.Sent());
        wired.World.Advance(TimeSpan.FromSeconds(2));
        Assert.True(wired.IsClosed);
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
    }
}
