using NetCore.Framing;

namespace NetCore.Session.Tests;

public class SlotTests
{
    private static readonly SessionOptions Two = new() { MaxStreams = 2 };

    [Fact]
    [Trait("Wire", "W-39 S")]
    public void The_opener_honours_the_peers_limit_and_goes_on_when_one_ends()
    {
        using var wired = new Wired(SessionRole.Connector, peer: Two);
        var streams = Enumerable.Range(0, 5).Select(i => wired.Open([(byte)i])).ToArray();
        Assert.Equal([1ul, 3], wired.Sent().Select(frame => frame.Id));
        Assert.Equal(5, wired.Session.OpenStreams);

        wired.Feed(Frame.Data(3));
        Assert.Equal([5ul], wired.Sent().Select(frame => frame.Id));
        Assert.Equal(5ul, streams[2].Id);

        wired.Feed(Frame.Reset(1), Frame.Reset(5));
        Assert.Equal([7ul, 9], wired.Sent().Select(frame => frame.Id));
    }

    [Fact]
    public void A_slot_that_frees_by_the_own_last_frame_is_used()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 1 });
        var first = wired.Open([1], end: false);
        var second = wired.Open([2]);
        wired.Feed(Frame.Data(1));
        wired.Sent();
        Assert.True(wired.Send(first, [3]));
        Assert.Equal(StreamEndKind.Completed, first.End.Kind);
        Assert.Equal([1ul, 3], wired.Sent().Select(frame => frame.Id));
        Assert.Equal(3ul, second.Id);
    }

    [Fact]
    public void A_stream_that_is_reset_while_it_waits_for_a_slot_leaves_it_to_the_next()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 1 });
        wired.Open([1]);
        var second = wired.Open([2]);
        var third = wired.Open([3]);
        wired.Connection.Block();
        wired.Feed(Frame.Data(1));
        Assert.True(wired.Reset(second, out var sent));
        Assert.False(sent);
        wired.Connection.Unblock();
        wired.Sent();
        Assert.Equal(3ul, third.Id);
    }

    [Fact]
    public void Those_who_wait_longer_are_not_overtaken()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 1 });
        var streams = Enumerable.Range(0, 50).Select(i => wired.Open([(byte)i])).ToList();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal((ulong)(2 * i) + 1, streams[i].Id);
            streams.Add(wired.Open([0]));
            wired.Feed(Frame.Data(streams[i].Id));
        }
    }

    [Fact]
    public void A_newcomer_that_finds_a_free_slot_does_not_overtake_those_who_wait_for_it()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 1 });
        wired.Open([1]);
        var waiting = wired.Open([2]);
        wired.Sent();
        wired.Connection.Block();
        wired.Feed(Frame.Data(1));
        var newcomer = wired.Open([3]);
        wired.Connection.Unblock();
        Assert.Equal([2], Assert.Single(wired.Sent()).Payload);
        Assert.Equal((3ul, 0ul), (waiting.Id, newcomer.Id));
    }

    [Fact]
    [Trait("Wire", "W-42 R")]
    public void The_acceptor_refuses_beyond_the_limit_with_some_slack()
    {
        using var wired = new Wired(options: new SessionOptions { MaxStreams = 8 });
        for (ulong i = 0; i < 12; i++)
        {
            wired.Feed(Frame.Open((2 * i) + 1));
        }

        var refused = wired.Sent();
        Assert.Equal(8 + 2 + 1, wired.Handler.Accepted.Count);
        var reset = Assert.Single(refused);
        Assert.Equal((FrameKind.Reset, 23ul, (uint)ResetCode.Refused), (reset.Kind, reset.Id, reset.Code));
    }

    [Fact]
    public void A_slot_of_the_acceptor_is_free_only_when_the_handler_is_over()
    {
        using var wired = new Wired(options: new SessionOptions { MaxStreams = 1 });
        wired.Feed(Frame.Open(1), Frame.Open(3), Frame.Reset(1), Frame.Reset(3), Frame.Open(5));
        Assert.Equal((ulong)5, Assert.Single(wired.Sent()).Id);
        Assert.True(wired.Handler.Accepted.TryPeek(out var first));
        Assert.Equal(StreamEndKind.ResetByPeer, first.End.Kind);

        wired.Session.Release(first);
        wired.Session.Release(first);
        wired.Feed(Frame.Open(7), Frame.Open(9));
        Assert.Equal((ulong)9, Assert.Single(wired.Sent()).Id);
    }

    [Fact]
    [Trait("Wire", "W-43 R")]
    public void A_protocol_that_nobody_serves_is_refused()
    {
        using var wired = new Wired();
        wired.Handler.Opening = _ => null;
        wired.Feed(Frame.Open(1, new byte[1000], more: true), Frame.Data(1, new byte[1000]));
        var reset = Assert.Single(wired.Sent());
        Assert.Equal((1ul, (uint)ResetCode.NoSuchProtocol), (reset.Id, reset.Code));
    }

    [Fact]
    public void An_object_in_use_cannot_be_opened_again()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        Assert.Throws<InvalidOperationException>(() => wired.TryOpen(stream, [2]));
        wired.Feed(Frame.Data(1));
        Assert.Equal(OpenResult.Opened, wired.TryOpen(stream, [2]));
        Assert.Equal(3ul, stream.Id);
    }
}
