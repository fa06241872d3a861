using NetCore.Framing;

namespace NetCore.Session.Tests;

public class CancelTests
{
    [Fact]
    public void Before_it_is_sent_a_stream_vanishes_without_a_trace()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Connection.Block();
        var stream = wired.Open(new byte[100_000]);
        Assert.True(wired.Reset(stream, out var sent));
        Assert.False(sent);
        Assert.False(wired.Reset(stream, out _));
        Assert.False(wired.Send(stream, [1]));
        wired.Connection.Unblock();
        Assert.Empty(wired.Sent());
        Assert.Equal(0, wired.World.World.Blocks.Outstanding);
    }

    [Fact]
    public void Partly_sent_it_stops_between_frames_and_the_next_stream_is_whole()
    {
        var small = new SessionOptions { StreamWindowBytes = 65536 };
        using var wired = new Wired(SessionRole.Connector, peer: small);
        var stream = wired.Open(new byte[200_000]);
        wired.Sent();
        Assert.True(wired.Reset(stream, out var sent));
        Assert.True(sent);
        wired.Open([7]);
        var frames = wired.Sent();
        Assert.True(frames[0].IsReset(ResetCode.Cancelled));
        Assert.Equal((FrameKind.Open, 3ul), (frames[1].Kind, frames[1].Id));
    }

    [Fact]
    public void An_answer_that_was_under_way_is_dropped()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        Assert.True(wired.Reset(stream, out _));
        wired.Feed(Frame.Data(1, [1], more: true), Frame.Data(1, [2]), Frame.Credit(1, 5), Frame.Reset(1));
        Assert.Empty(stream.Messages);
        Assert.False(wired.Connection.OutputEnded);
    }

    [Fact]
    public void In_the_middle_of_fragments_the_fragments_are_given_back()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        wired.Feed(Frame.Data(1, new byte[100], more: true), Frame.Data(1, new byte[9000], more: true));
        Assert.NotEqual(0, wired.World.World.Blocks.Outstanding);
        Assert.True(wired.Reset(stream, out _));
        Assert.Equal(0, wired.World.World.Blocks.Outstanding);
    }

    [Fact]
    public void A_reset_by_the_peer_carries_its_code_and_gives_everything_back()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, new byte[9000], more: true));
        wired.Feed(Frame.Reset(1, ResetCode.DeadlineExceeded));
        var stream = wired.Handler.Accepted.Single();
        Assert.Equal((StreamEndKind.ResetByPeer, ResetCode.DeadlineExceeded), (stream.End.Kind, stream.End.Code));
        Assert.Equal(0, wired.World.World.Blocks.Outstanding);
        Assert.False(wired.Send(stream, [1]));
    }

    [Fact]
    public void A_reset_inside_a_message_callback_stops_the_messages_after_it()
    {
        using var wired = new Wired();
        wired.Handler.Opening = _ => new TestStream { OnWhole = (stream, _, _) => wired.Reset(stream, out var _) };
        wired.Feed(
            Frame.Open(1, [1], end: false), Frame.Data(1, [2], end: false), Frame.Data(1, new byte[9000], more: true),
            Frame.Data(1, [4], end: false));
        Assert.Equal([1], Assert.Single(wired.Handler.Accepted.Single().Messages));
        Assert.Equal(0, wired.World.World.Blocks.Outstanding);
    }

    [Fact]
    public void A_reset_of_an_earlier_life_does_nothing()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        wired.Feed(Frame.Data(1));
        var life = stream.Life;
        stream.NextLife();
        Assert.Equal(OpenResult.Opened, wired.TryOpen(stream, [2]));
        Assert.False(wired.Session.TryReset(stream, life, ResetCode.Cancelled, out _));
        Assert.True(wired.Session.TryReset(stream, stream.Life, ResetCode.Cancelled, out _));
    }

    [Fact]
    public void Bytes_queued_and_credit_are_as_before_after_many_cancels_at_any_stage()
    {
        var small = new SessionOptions { StreamWindowBytes = 65536, ConnectionWindowBytes = 65536 };
        using var wired = new Wired(SessionRole.Connector, small, small);
        var random = new Random(3);
        long sent = 0;
        long granted = 0;
        for (var i = 0; i < 3000; i++)
        {
            if (random.Next(3) == 0)
            {
                wired.Connection.Block();
            }

            var stream = wired.Open(new byte[random.Next(40_000)], end: random.Next(2) == 0);
            var id = stream.Id;
            if (id != 0 && random.Next(2) == 0)
            {
                wired.Feed(Frame.Data(id, new byte[random.Next(2000)], end: random.Next(2) == 0));
            }

            wired.Reset(stream, out _);
            wired.Connection.Unblock();
            var bytes = wired.Sent().Where(frame => frame.Kind is FrameKind.Open or FrameKind.Data)
                .Sum(frame => frame.Payload.Length);
            sent += bytes;
            if (bytes > 0)
            {
                granted += bytes;
                wired.Feed(Frame.Credit(0, (uint)bytes));
            }
        }

        Assert.Equal(sent, granted);
        wired.Open(new byte[65536]);
        Assert.Equal(65536, wired.Sent().Sum(frame => frame.Payload.Length));
        Assert.Equal(0, wired.World.World.Blocks.Outstanding);
    }
}
