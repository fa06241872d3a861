using System.Buffers;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>Two sessions over an in-memory connection, on the test's thread.</summary>
internal sealed class Pair : IDisposable
{
    public Pair(
        SessionOptions? client = null,
        SessionOptions? server = null,
        ulong seed = 1,
        bool permute = false,
        InMemoryOptions? pipe = null,
        bool settle = true)
    {
        Log = new LogCapture();
        World = new TestWorld(seed, permute, loggers: Log);
        var transport = new InMemoryTransport(World.World, pipe);
        Connection? accepted = null;
        var listening = transport.ListenAsync("inproc://pair", connection => accepted = connection).AsTask();
        World.Settle();
        Listener = listening.GetAwaiter().GetResult();
        var connecting = transport.ConnectAsync("inproc://pair").AsTask();
        World.Settle();
        Client = new PeerSession(
            World.World, connecting.GetAwaiter().GetResult(), SessionRole.Connector, ClientHandler, client);
        Server = new PeerSession(World.World, accepted!, SessionRole.Acceptor, ServerHandler, server);
        Client.Start();
        Server.Start();
        if (settle)
        {
            World.Settle();
            Assert.True(Client.Established.IsCompletedSuccessfully);
            Assert.True(Server.Established.IsCompletedSuccessfully);
        }
    }

    public LogCapture Log { get; }

    public TestWorld World { get; }

    public Listener Listener { get; }

    public TestHandler ClientHandler { get; } = new();

    public TestHandler ServerHandler { get; } = new();

    public PeerSession Client { get; }

    public PeerSession Server { get; }

    /// <summary>Answers each message of the client's streams with what <paramref name="answer"/> makes of it.</summary>
    public void Answer(Func<byte[], byte[]?> answer) => ServerHandler.Opening = protocol => new TestStream
    {
        Protocol = protocol,
        OnWhole = (stream, bytes, last) =>
        {
            if (answer(bytes) is { } reply)
            {
                Send(Server, stream, reply, last);
            }

            if (last)
            {
                Server.Release(stream);
            }
        },
    };

    public static bool Send(PeerSession session, TestStream stream, byte[] bytes, bool end = true) =>
        session.Send(stream, Message(session, bytes), end);

    public static TestStream Open(
        PeerSession session,
        byte[] bytes,
        bool end = true,
        bool single = false,
        FrameClass frameClass = FrameClass.Call)
    {
        var stream = new TestStream();
        var result = session.Open(stream, Message(session, bytes), UpperProtocol.User, end, single, frameClass);
        Assert.Equal(OpenResult.Opened, result);
        return stream;
    }

    public static OpenResult TryOpen(PeerSession session, TestStream stream) =>
        session.Open(stream, Message(session, [1]), UpperProtocol.User, end: true);

    public static OutgoingMessage Message(PeerSession session, byte[] bytes)
    {
        var message = session.RentMessage();
        message.Write(bytes);
        return message;
    }

    public static SessionClose CloseOf(PeerSession session)
    {
        Assert.True(session.Closed.IsCompleted, "The session is still open.");
        return session.Closed.GetAwaiter().GetResult();
    }

    /// <summary>Drains both, in order, and finds nothing left.</summary>
    public void CloseInOrder()
    {
        var draining = Client.DrainAsync(TimeSpan.FromSeconds(20));
        World.Settle();
        Finish.Of(draining.AsTask(), "The client did not end in order.");
        Assert.Equal(SessionError.None, CloseOf(Client).Error);
        Assert.Equal(SessionError.None, CloseOf(Server).Error);
    }

    public void Dispose()
    {
        Client.Abort();
        Server.Abort();
        var closing = Listener.DisposeAsync();
        World.Settle();
        Finish.Of(closing.AsTask());
        Assert.True(Client.Closed.IsCompleted);
        Assert.True(Server.Closed.IsCompleted);
        foreach (var stream in ClientHandler.Accepted.Concat(ServerHandler.Accepted))
        {
            Assert.Empty(stream.Breaches);
            Assert.True(stream.IsOver);
        }

        World.AssertBaseline();
        World.Dispose();
    }
}
