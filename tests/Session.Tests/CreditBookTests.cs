using NetCore.Framing;
using NetCore.Session.Internal;

namespace NetCore.Session.Tests;

public class CreditBookTests
{
    [Fact]
    public void What_is_left_and_what_is_taken_and_not_granted_is_always_the_window()
    {
        var options = new SessionOptions { StreamWindowBytes = 70_001, ConnectionWindowBytes = 99_999 };
        var scheduler = new SendScheduler(new StreamRegistry(SessionRole.Acceptor, 10), FrameFlags.None);
        var book = new CreditBook(scheduler, options);
        var stream = new TestStream().State;
        stream.Id = 1;
        stream.ReceiveCredit = options.StreamWindowBytes;
        var random = new Random(1);
        long taken = 0;
        long grantedToConnection = 0;
        long grantedToStream = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = random.Next(FramingLimits.MaxPayloadBytes + 1);
            taken += bytes;
            Assert.Equal(SessionError.None, book.TakeForConnection(bytes, out _));
            Assert.Equal(SessionError.None, book.TakeForStream(stream, bytes, more: false, out _));
            while (!scheduler.Control.IsEmpty)
            {
                var frame = scheduler.Control.Take();
                Assert.Equal(FrameKind.Credit, frame.Header.Kind);
                grantedToConnection += frame.Header.StreamId == 0 ? frame.Control.Code : 0;
                grantedToStream += frame.Header.StreamId == 1 ? frame.Control.Code : 0;
            }

            Assert.Equal(options.ConnectionWindowBytes, book.Left + taken - grantedToConnection);
            Assert.Equal(options.StreamWindowBytes, stream.ReceiveCredit + taken - grantedToStream);
        }
    }

    [Fact]
    [Trait("Wire", "W-47 R")]
    public void A_half_that_has_ended_is_granted_nothing()
    {
        using var wired = new Wired(options: new SessionOptions { StreamWindowBytes = SessionLimits.MinWindowBytes });
        var quarter = new byte[SessionLimits.MinWindowBytes / SessionLimits.GrantDivisor];
        wired.Feed(Frame.Open(1, quarter), Frame.Open(3, quarter, end: false));
        Assert.Equal([3ul], wired.Sent().Where(frame => frame.Kind == FrameKind.Credit).Select(frame => frame.Id));
    }

    [Fact]
    [Trait("Wire", "W-48 R")]
    public void More_than_the_credit_is_a_violation()
    {
        var scheduler = new SendScheduler(new StreamRegistry(SessionRole.Acceptor, 10), FrameFlags.None);
        var book = new CreditBook(scheduler, SessionOptions.Default);
        Assert.Equal(
            SessionError.FlowControl, book.TakeForConnection(SessionLimits.DefaultConnectionWindowBytes + 1, out _));
        var stream = new TestStream().State;
        stream.ReceiveCredit = 5;
        Assert.Equal(SessionError.FlowControl, book.TakeForStream(stream, 6, more: false, out _));
    }
}
