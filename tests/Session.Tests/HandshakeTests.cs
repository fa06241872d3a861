using System.Buffers.Binary;
using System.Text;
using NetCore.Framing;

namespace NetCore.Session.Tests;

public class HandshakeTests
{
    public static TheoryData<string, byte[]> Garbage { get; } = new()
    {
        { "an HTTP request", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n") },
        { "an HTTP/2 preface", Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") },
        { "a TLS client hello", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
        { "zeros", new byte[64] },
        { "ones", Enumerable.Repeat((byte)0xFF, 64).ToArray() },
    };

    public static TheoryData<string, int, byte[], SessionError> BadHellos { get; } = new()
    {
        { "another magic number", 0, [0x4E, 0x43, 0x52, 0x32], SessionError.NotThisProtocol },
        { "only newer versions", 4, [2, 0, 9, 0], SessionError.IncompatibleVersion },
        { "only older versions", 4, [0, 0, 0, 0], SessionError.IncompatibleVersion },
        { "a message limit below a frame", 16, [0xFF, 0x3F, 0, 0], SessionError.BadHello },
        { "a message limit above the range", 16, [1, 0, 0, 4], SessionError.BadHello },
        { "a stream window of zero", 20, [0, 0, 0, 0], SessionError.BadHello },
        { "a stream window of 2^32-1", 20, [255, 255, 255, 255], SessionError.BadHello },
        { "a connection window below the range", 24, [0xFF, 0xFF, 0, 0], SessionError.BadHello },
        { "a connection window above the range", 24, [1, 0, 0, 1], SessionError.BadHello },
        { "no streams", 28, [0, 0, 0, 0], SessionError.BadHello },
        { "more streams than the range", 28, [1, 0, 1, 0], SessionError.BadHello },
    };

    [Theory]
    [Trait("Wire", "W-25 S")]
    [InlineData(SessionRole.Connector)]
    [InlineData(SessionRole.Acceptor)]
    public void Each_side_sends_a_hello_first_and_is_established_by_the_others(SessionRole role)
    {
        using var wired = new Wired(role, hello: false);
        var hello = Assert.Single(wired.Sent());
        Assert.Equal(FrameKind.Hello, hello.Kind);
        Assert.Equal(0x3152434Eu, BinaryPrimitives.ReadUInt32LittleEndian(hello.Payload));
        Assert.False(wired.Session.Established.IsCompleted);

        wired.Feed(Frame.Hello());

        Assert.True(wired.Session.Established.IsCompletedSuccessfully);
        Assert.Contains(wired.Log.Lines, line => line.Id == 200);
    }

    [Theory]
    [Trait("Wire", "W-28 R")]
    [MemberData(nameof(Garbage))]
    public void Foreign_bytes_are_no_session_and_the_peer_hears_of_it(string what, byte[] bytes)
    {
        using var wired = new Wired(hello: false);
        wired.Connection.Feed(bytes);

        wired.AssertFailed(SessionError.NotThisProtocol);
        AssertNotEstablished(wired, SessionError.NotThisProtocol);
        Assert.NotEmpty(what);
    }

    [Theory]
    [Trait("Wire", "W-29 R")]
    [Trait("Wire", "W-30 R")]
    [Trait("Wire", "W-31 R")]
    [MemberData(nameof(BadHellos))]
    public void A_hello_that_cannot_be_is_refused_for_its_reason(string what, int at, byte[] bytes, SessionError error)
    {
        using var wired = new Wired(hello: false);
        wired.Feed(Frame.Hello(edit: payload => bytes.CopyTo(payload, at)));

        wired.AssertFailed(error);
        AssertNotEstablished(wired, error);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_hello_that_breaks_off_at_any_byte_is_a_lost_connection()
    {
        var hello = Frame.Hello().Bytes;
        for (var length = 0; length < hello.Length; length++)
        {
            using var wired = new Wired(hello: false);
            wired.Connection.Feed(hello.AsSpan(0, length));
            wired.Connection.EndInput();
            wired.World.Settle();

            Assert.Equal(SessionError.ConnectionLost, wired.Close.Error);
            AssertNotEstablished(wired, SessionError.ConnectionLost);
            wired.AssertClean();
        }
    }

    [Fact]
    [Trait("Wire", "W-32 R")]
    public void A_hello_that_stops_at_any_byte_runs_into_the_time_limit()
    {
        var hello = Frame.Hello().Bytes;
        for (var length = 0; length < hello.Length; length++)
        {
            using var wired = new Wired(hello: false);
            wired.Connection.Feed(hello.AsSpan(0, length));
            wired.World.Advance(TimeSpan.FromMilliseconds(4990));
            Assert.False(wired.Session.Established.IsCompleted);
            wired.World.Advance(TimeSpan.FromMilliseconds(20));

            AssertNotEstablished(wired, SessionError.HandshakeTimeout);
            wired.AssertFailed(SessionError.HandshakeTimeout);
        }
    }

    [Fact]
    public void A_hello_in_single_bytes_is_a_hello()
    {
        using var wired = new Wired(hello: false);
        foreach (var b in Frame.Hello().Bytes)
        {
            wired.Connection.Feed([b]);
        }

        wired.World.Settle();
        Assert.True(wired.Session.Established.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Wire", "W-28 R")]
    public void A_frame_before_the_hello_ends_the_session()
    {
        Frame[] frames = [Frame.Open(1), Frame.Data(1), Frame.Ping(1), Frame.GoAway(0, SessionError.None)];
        foreach (var frame in frames)
        {
            using var wired = new Wired(hello: false);
            wired.Feed(frame, Frame.Hello());
            wired.AssertFailed(SessionError.NotThisProtocol);
        }
    }

    [Fact]
    [Trait("Wire", "W-33 R")]
    public void A_second_hello_ends_the_session()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Hello());
        wired.AssertFailed(SessionError.IllegalTransition);
    }

    [Fact]
    [Trait("Wire", "W-34 R")]
    public void Fields_of_later_versions_in_a_hello_are_ignored()
    {
        using var wired = new Wired(hello: false);
        wired.Feed(Frame.Hello(extra: 100, edit: payload => payload.AsSpan(36).Fill(0xAA)));
        Assert.True(wired.Session.Established.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Wire", "W-54 S")]
    public void A_failure_before_the_own_hello_went_out_still_sends_the_hello_first()
    {
        using var wired = new Wired(hello: false);
        using var late = new Late();
        late.Connection.Feed(new byte[64]);
        late.Connection.Unblock();
        late.World.Settle();

        var kinds = Frame.ReadAll(late.Connection.Output).Select(frame => frame.Kind);
        Assert.Equal([FrameKind.Hello, FrameKind.GoAway], kinds);
    }

    [Fact]
    [Trait("Wire", "W-26 S")]
    public void Streams_that_wait_for_the_hello_end_when_there_will_be_none()
    {
        using var wired = new Wired(SessionRole.Connector, hello: false);
        var stream = wired.Open([1, 2, 3]);
        Assert.Equal(0ul, stream.Id);
        wired.World.Advance(TimeSpan.FromSeconds(5.1));

        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
        Assert.Equal(SessionError.HandshakeTimeout, stream.End.Close.Error);
        Assert.False(stream.End.Sent);
    }

    [Fact]
    [Trait("Wire", "W-55 R")]
    public void A_goaway_of_the_peer_names_its_reason_and_text_without_control_characters()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Feed(Frame.GoAway(0, SessionError.TooManyControlFrames, "too\nmany"));
        wired.World.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(new SessionClose(SessionError.TooManyControlFrames, true, "too many"), wired.Close);
    }

    private static void AssertNotEstablished(Wired wired, SessionError error)
    {
        Assert.True(wired.Session.Established.IsFaulted);
        var exception = Assert.IsType<SessionException>(wired.Session.Established.Exception!.InnerException);
        Assert.Equal(error, exception.Error);
    }

    /// <summary>A session whose output is stuck from the beginning.</summary>
    private sealed class Late : IDisposable
    {
        public Late()
        {
            Connection = new FakeConnection(World.World);
            Connection.Block();
            Session = new PeerSession(World.World, Connection, SessionRole.Acceptor, new TestHandler());
            Session.Start();
        }

        public NetCore.Testing.Shared.TestWorld World { get; } = new();

        public FakeConnection Connection { get; }

        public PeerSession Session { get; }

        public void Dispose()
        {
            Session.Abort();
            World.Settle();
            World.AssertBaseline();
            World.Dispose();
        }
    }
}
