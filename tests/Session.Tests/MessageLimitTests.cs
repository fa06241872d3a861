using NetCore.Framing;

namespace NetCore.Session.Tests;

public class MessageLimitTests
{
    [Fact]
    [Trait("Wire", "W-75 S")]
    public void A_message_that_the_peer_does_not_take_is_not_sent()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxMessageBytes = 20_000 });
        var stream = new TestStream();
        Assert.Equal(OpenResult.MessageTooLarge, wired.TryOpen(stream, new byte[20_001]));
        Assert.Equal(OpenResult.MessageTooLarge, wired.TryOpen(stream, new byte[SessionLimits.MaxQueuedBytes + 1]));
        Assert.Equal(OpenResult.Opened, wired.TryOpen(stream, new byte[20_000], end: false));
        Assert.False(wired.Send(stream, new byte[20_001]));
        Assert.True(wired.Send(stream, new byte[20_000]));
        Assert.Equal(40_000, wired.Sent().Sum(frame => frame.Payload.Length));
    }

    [Fact]
    [Trait("Wire", "W-65 R")]
    public void A_message_larger_than_this_side_takes_ends_its_stream_only()
    {
        using var wired = new Wired(options: new SessionOptions { MaxMessageBytes = 20_000 });
        wired.Feed(
            Frame.Open(1, new byte[16384], more: true),
            Frame.Data(1, new byte[3616], more: true),
            Frame.Data(1, new byte[1], more: true),
            Frame.Data(1, new byte[1]),
            Frame.Open(3, [1]));

        Assert.True(wired.Handler.Accepted.TryDequeue(out var stream));
        Assert.Equal(StreamEndKind.MessageTooLarge, stream.End.Kind);
        Assert.Empty(stream.Messages);
        var reset = Assert.Single(wired.Sent(), frame => frame.Kind == FrameKind.Reset);
        Assert.Equal((1ul, (uint)ResetCode.MessageTooLarge), (reset.Id, reset.Code));
        Assert.True(wired.Handler.Accepted.TryPeek(out var next));
        Assert.Single(next.Messages);
    }

    [Fact]
    public void The_largest_message_that_options_allow_can_be_received()
    {
        var options = new SessionOptions { MaxMessageBytes = SessionLimits.MaxMessageBytes };
        using var pair = new Pair(options, options);
        var length = 0;
        pair.ServerHandler.Opening = _ => new TestStream { OnWhole = (_, bytes, _) => length = bytes.Length };
        Pair.Open(pair.Client, new byte[17 * 1024 * 1024]);
        pair.World.Settle();
        Assert.Equal(17 * 1024 * 1024, length);
    }

    [Fact]
    public void A_full_queue_refuses_new_streams_and_recovers()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Connection.Block();
        var result = OpenResult.Opened;
        var opened = new List<TestStream>();
        while (opened.Count < 100 && result == OpenResult.Opened)
        {
            opened.Add(new TestStream());
            result = wired.TryOpen(opened[^1], new byte[1_000_000]);
        }

        Assert.Equal(OpenResult.QueueFull, result);
        Assert.Equal(SessionLimits.MaxQueuedBytes / 1_000_512, opened.Count - 1);
        opened.RemoveAt(opened.Count - 1);
        foreach (var stream in opened)
        {
            Assert.True(wired.Reset(stream, out var sent));
            Assert.False(sent);
        }

        Assert.Equal(OpenResult.Opened, wired.TryOpen(new TestStream(), new byte[1_000_000]));
    }

    [Fact]
    public void Empty_messages_fill_the_queue_too()
    {
        using var wired = new Wired(SessionRole.Connector, hello: false);
        var count = 0;
        OpenResult Next() =>
            wired.Session.Open(new TestStream(), wired.Session.RentMessage(), UpperProtocol.User, end: true);
        while (count < 1_000_000 && Next() == OpenResult.Opened)
        {
            count++;
        }

        Assert.Equal(SessionLimits.MaxQueuedBytes / SessionLimits.QueuedMessageBytes, count);
    }

    [Fact]
    [Trait("Wire", "W-73 R")]
    public void Sending_without_end_to_a_peer_that_takes_nothing_aborts_the_session()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1], end: false);
        for (var i = 0; i < 200 && wired.Send(stream, new byte[3_000_000], end: false); i++)
        {
        }

        wired.World.Settle();
        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
    }
}
