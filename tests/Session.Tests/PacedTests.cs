using NetCore.Framing;

namespace NetCore.Session.Tests;

public class PacedTests
{
    private const int Window = SessionLimits.MinWindowBytes;
    private const int FirstPiece = Core.CoreLimits.SmallBlockBytes - 20;
    private const int Quarter = Window / SessionLimits.GrantDivisor;

    private static readonly SessionOptions Small = new() { StreamWindowBytes = Window };

    [Fact]
    [Trait("Wire", "W-84 R")]
    public void Credit_returns_when_the_consumer_says_so_and_once_for_a_quarter()
    {
        using var wired = Serving(Small);
        wired.Feed(Frame.Open(1, new byte[Quarter], end: false), Data(1, Quarter), Data(1, Quarter), Data(1, Quarter));
        Assert.DoesNotContain(wired.Sent(), frame => frame.Kind == FrameKind.Credit && frame.Id == 1);
        var stream = wired.Handler.Accepted.Single();
        wired.Session.Consume(stream, stream.Life, Quarter - 1);
        Assert.Empty(wired.Sent());
        wired.Session.Consume(stream, stream.Life, 1);
        Assert.Equal((1ul, (uint)Quarter), Grant(Assert.Single(wired.Sent())));
        wired.Session.Consume(stream, stream.Life, 3 * Quarter);
        Assert.Equal((1ul, (uint)(3 * Quarter)), Grant(Assert.Single(wired.Sent())));
        wired.Session.AssertCredit();
    }

    [Fact]
    [Trait("Wire", "W-48 R")]
    public void More_than_was_consumed_is_a_violation()
    {
        using var wired = Serving(Small);
        wired.Feed(Frame.Open(1, new byte[Quarter], end: false), Data(1, Quarter), Data(1, Quarter), Data(1, Quarter));
        wired.Feed(Data(1, 1));
        wired.AssertFailed(SessionError.FlowControl);
    }

    [Fact]
    public void The_credit_of_the_connection_returns_at_hand_over()
    {
        using var wired = Serving(new SessionOptions { StreamWindowBytes = Window, ConnectionWindowBytes = Window });
        wired.Feed(Frame.Open(1, new byte[Quarter], end: false), Data(1, Quarter));
        Assert.Equal([0ul, 0ul], wired.Sent().Where(frame => frame.Kind == FrameKind.Credit).Select(frame => frame.Id));
        wired.Feed(
            Frame.Open(3, new byte[Quarter]), Frame.Open(5, new byte[Quarter]), Frame.Open(7, new byte[Quarter]));
        Assert.False(wired.IsClosed);
    }

    [Fact]
    [Trait("Wire", "W-84 R")]
    public void A_message_longer_than_the_window_gets_in_when_what_was_before_it_is_consumed()
    {
        using var wired = Serving(Small);
        wired.Feed(Frame.Open(1, new byte[Quarter], end: false));
        var stream = wired.Handler.Accepted.Single();
        var fragments = 3;
        for (var i = 0; i < fragments; i++)
        {
            wired.Feed(More(1, Quarter));
        }

        // The consumer still has a quarter before it.
        Assert.DoesNotContain(wired.Sent(), frame => frame.Id == 1);
        wired.Session.Consume(stream, stream.Life, Quarter);
        Assert.Equal((1ul, (uint)(4 * Quarter)), Grant(Assert.Single(wired.Sent())));
        for (; fragments < 20; fragments++)
        {
            wired.Feed(More(1, Quarter));
            Assert.Equal((1ul, (uint)Quarter), Grant(Assert.Single(wired.Sent(), frame => frame.Id == 1)));
            wired.Session.AssertCredit();
        }

        wired.Feed(Data(1, 10));
        Assert.Equal((20 * Quarter) + 10, stream.Messages[^1].Length);

        // What was lent is paid back first.
        wired.Session.Consume(stream, stream.Life, 20 * Quarter);
        Assert.DoesNotContain(wired.Sent(), frame => frame.Id == 1);
        wired.Session.AssertCredit();
    }

    [Fact]
    [Trait("Wire", "W-85 R")]
    public void What_all_streams_hold_is_bounded()
    {
        var options = new SessionOptions { StreamWindowBytes = SessionLimits.MaxWindowBytes };
        using var wired = Serving(options);
        var frame = new byte[FramingLimits.MaxPayloadBytes];
        var id = 1ul;
        wired.Feed(Frame.Open(id, frame, end: false));
        for (long held = frame.Length; held + frame.Length <= SessionLimits.MaxHeldBytes; held += frame.Length)
        {
            if (held % SessionLimits.MaxWindowBytes == 0)
            {
                id += 2;
                wired.Feed(Frame.Open(id, frame, end: false));
            }
            else
            {
                wired.Feed(Data(id, frame.Length));
            }
        }

        Assert.DoesNotContain(wired.Sent(), sent => sent.Kind == FrameKind.Reset);
        wired.Feed(Frame.Open(id + 2, [1], end: false));
        var reset = Assert.Single(wired.Sent(), sent => sent.Kind == FrameKind.Reset);
        Assert.Equal((id + 2, (uint)ResetCode.OutOfMemoryBudget), (reset.Id, reset.Code));
        Assert.Equal(StreamEndKind.OutOfMemoryBudget, wired.Handler.Accepted.Last().End.Kind);

        // One that ends makes room.
        var first = wired.Handler.Accepted.First();
        Assert.True(wired.Reset(first, out _));
        wired.Feed(Frame.Open(id + 4, [1], end: false));
        Assert.DoesNotContain(wired.Sent(), sent => sent.Kind == FrameKind.Reset && sent.Id == id + 4);
        wired.Session.AssertCredit();
    }

    [Fact]
    [Trait("Wire", "W-72 R")]
    public void A_paced_stream_waits_for_its_consumer_as_long_as_it_takes()
    {
        using var wired = new Wired(SessionRole.Connector, peer: Small);
        var stream = new TestStream(paced: true);
        Assert.Equal(OpenResult.Opened, wired.TryOpen(stream, new byte[Window], end: false));
        Assert.True(wired.Send(stream, new byte[10], end: false));
        wired.Sent();
        for (var i = 0; i < 40; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(4));
            wired.Feed(Frame.Ping(1));
        }

        Assert.False(wired.IsClosed);
        wired.Sent();
        wired.Feed(Frame.Credit(1, 10));
        Assert.Equal(10, Assert.Single(wired.Sent()).Payload.Length);
    }

    [Fact]
    public void A_paced_stream_is_told_what_was_framed_and_a_full_queue_of_it_is_no_fault_of_the_peer()
    {
        using var wired = new Wired(SessionRole.Connector, peer: Small);
        var stream = new TestStream(paced: true);
        Assert.Equal(OpenResult.Opened, wired.TryOpen(stream, new byte[100], end: false));
        Assert.True(wired.Send(stream, new byte[2 * Window], end: false));
        wired.World.Settle();

        // Whole frames, as far as the window goes; the first of a message is as long as a small block.
        Assert.Equal(100 + FirstPiece + (3 * FramingLimits.MaxPayloadBytes), stream.Framed);
        var message = new byte[1 << 20];
        var queued = 0;
        while (wired.Send(stream, message, end: false))
        {
            queued++;
        }

        Assert.Equal((SessionLimits.MaxQueuedBytes / SessionLimits.PacedQueueDivisor / message.Length) - 1, queued);
        Assert.Equal(OpenResult.Opened, wired.TryOpen(new TestStream(), new byte[100]));
        Assert.False(wired.IsClosed);
    }

    [Fact]
    public void Bulk_leaves_credit_of_the_connection_to_calls()
    {
        var peer = new SessionOptions
        {
            StreamWindowBytes = SessionLimits.MaxWindowBytes, ConnectionWindowBytes = 16 * Quarter,
        };
        using var wired = new Wired(SessionRole.Connector, peer: peer);
        wired.Open(new byte[32 * Quarter], frameClass: FrameClass.Bulk);
        Assert.Equal(FirstPiece + (13 * Quarter), Bytes(wired.Sent()));
        wired.Open(new byte[100]);
        Assert.Equal(100, Bytes(wired.Sent()));

        // A call is open: of what is granted now half of the window stays free.
        wired.Feed(Frame.Credit(0, 4 * Quarter));
        Assert.Equal(0, Bytes(wired.Sent()));
        wired.Feed(Frame.Credit(0, 4 * Quarter));
        Assert.Equal(2 * Quarter, Bytes(wired.Sent()));

        // It ends, and bulk goes on without another grant.
        wired.Feed(Frame.Data(3, [1]));
        Assert.Equal(6 * Quarter, Bytes(wired.Sent()));
    }

    private static int Bytes(List<Frame> frames) =>
        frames.Where(frame => frame.Kind is FrameKind.Open or FrameKind.Data).Sum(frame => frame.Payload.Length);

    private static (ulong, uint) Grant(Frame frame)
    {
        Assert.Equal(FrameKind.Credit, frame.Kind);
        return (frame.Id, frame.Code);
    }

    private static Frame Data(ulong id, int bytes) => Frame.Data(id, new byte[bytes], end: false);

    private static Frame More(ulong id, int bytes) => Frame.Data(id, new byte[bytes], end: false, more: true);

    private static Wired Serving(SessionOptions options)
    {
        var wired = new Wired(options: options);
        wired.Handler.Opening = protocol => new TestStream(paced: true) { Protocol = protocol };
        return wired;
    }
}
