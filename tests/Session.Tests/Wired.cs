using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

/// <summary>A session whose peer is played by the test, frame by frame.</summary>
internal sealed class Wired : IDisposable
{
    private int _read;

    public Wired(
        SessionRole role = SessionRole.Acceptor,
        SessionOptions? options = null,
        SessionOptions? peer = null,
        bool hello = true,
        long byteBudget = Core.CoreLimits.DefaultByteBudget)
    {
        Log = new LogCapture();
        World = new TestWorld(byteBudget: byteBudget, loggers: Log);
        Connection = new FakeConnection(World.World);
        Session = new PeerSession(World.World, Connection, role, Handler, options);
        Session.Start();
        World.Settle();
        if (hello)
        {
            Feed(Frame.Hello(peer));
            Assert.Equal(FrameKind.Hello, Assert.Single(Sent()).Kind);
        }
    }

    public LogCapture Log { get; }

    public TestWorld World { get; }

    public FakeConnection Connection { get; }

    public TestHandler Handler { get; } = new();

    public PeerSession Session { get; }

    public bool IsClosed => Session.Closed.IsCompleted;

    public SessionClose Close
    {
        get
        {
            Assert.True(Session.Closed.IsCompleted, "The session is still open.");
            return Session.Closed.GetAwaiter().GetResult();
        }
    }

    public void Feed(params Frame[] frames)
    {
        Connection.Feed(frames.SelectMany(frame => frame.Bytes).ToArray());
        World.Settle();
    }

    /// <summary>The frames that came out since the last look.</summary>
    public List<Frame> Sent()
    {
        World.Settle();
        var output = Connection.Output;
        var frames = Frame.ReadAll(output[_read..]);
        _read = output.Length;
        return frames;
    }

    public TestStream Open(
        byte[]? payload = null, bool end = true, bool single = false, FrameClass frameClass = FrameClass.Call)
    {
        var stream = new TestStream();
        Assert.Equal(OpenResult.Opened, TryOpen(stream, payload, end, single, frameClass));
        return stream;
    }

    public OpenResult TryOpen(
        TestStream stream,
        byte[]? payload = null,
        bool end = true,
        bool single = false,
        FrameClass frameClass = FrameClass.Call) =>
        Session.Open(stream, Message(payload), UpperProtocol.User, end, single, frameClass);

    public bool Send(TestStream stream, byte[]? payload = null, bool end = true) =>
        Session.Send(stream, Message(payload), end);

    public bool Reset(TestStream stream, out bool sent)
    {
        var ended = Session.TryReset(stream, stream.Life, ResetCode.Cancelled, out sent);
        if (ended)
        {
            stream.MarkReset();
        }

        return ended;
    }

    public OutgoingMessage Message(byte[]? payload)
    {
        var message = Session.RentMessage();
        System.Buffers.BuffersExtensions.Write(message, payload ?? []);
        return message;
    }

    /// <summary>The session must have failed with the reason, have said so to the peer and to the log.</summary>
    public void AssertFailed(SessionError error, bool told = true)
    {
        World.Settle();
        if (told)
        {
            var last = Sent()[^1];
            Assert.Equal(FrameKind.GoAway, last.Kind);
            Assert.Equal((uint)error, last.Code);
            Assert.True(Connection.OutputEnded);
        }

        World.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(error, Close.Error);
        Assert.Equal(error, Handler.Closed!.Value.Error);
        Assert.Contains(Log.Lines, line => line.Id is 201 or 202 && line.Text.Contains(error.ToString()));
        AssertClean();
    }

    /// <summary>Ended, told, and everything given back.</summary>
    public void AssertClean()
    {
        foreach (var stream in Handler.Accepted)
        {
            Assert.Empty(stream.Breaches);
            Assert.True(stream.IsOver, $"Stream {stream.Id} has not ended.");
        }

        Assert.True(IsClosed);
        Assert.True(Session.Established.IsCompleted);
        World.AssertBaseline();
    }

    public void Dispose()
    {
        Session.Abort();
        World.Settle();
        AssertClean();
        World.Dispose();
    }
}
