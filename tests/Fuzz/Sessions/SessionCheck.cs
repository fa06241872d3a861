using NetCore.Framing;
using NetCore.Session;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Sessions;

/// <summary>A session whose peer says any bytes.</summary>
internal static class SessionCheck
{
    private const int MostFrames = 64;

    private static readonly FuzzWorlds Worlds = new();

    /// <summary>The peer's first bytes: a hello or none.</summary>
    public static void Handshake(ReadOnlyMemory<byte> input) => Run(input, hello: false);

    /// <summary>Frames, or what looks like some, after a hello that is in order.</summary>
    public static void Frames(ReadOnlyMemory<byte> input) => Run(input, hello: true);

    private static void Run(ReadOnlyMemory<byte> input, bool hello)
    {
        if (input.Length < SessionScript.Bytes)
        {
            return;
        }

        try
        {
            Play(input, hello);
        }
        catch
        {
            Worlds.Forget();
            throw;
        }
    }

    private static void Play(ReadOnlyMemory<byte> input, bool hello)
    {
        var script = new SessionScript(input.Span);
        var world = Worlds.Of(script);
        var connection = new FuzzConnection(world.World, script.InBlocks);
        var handler = new FuzzHandler(script);
        var session = new PeerSession(world.World, connection, script.Role, handler, script.Options);
        session.Start();
        world.Settle();
        ReadOnlySpan<byte> said = input.Span[SessionScript.Bytes..];
        Feed.Say(
            hello ? [.. Greeting.Hello, .. said] : said,
            0,
            script,
            world,
            connection,
            () => Act(script, world, connection, session, handler));
        End(script, world, connection, session);

        if (handler.Broken is { } law)
        {
            throw new BrokenLawException(law);
        }

        // Nothing above the session throws here, so what it says about that would be its own doing.
        BrokenLawException.Unless(handler.Closed is { Error: not SessionError.HandlerFailed });
        BrokenLawException.Unless(session.Closed.IsCompleted && session.Established.IsCompleted);
        BrokenLawException.Unless(handler.Streams.TrueForAll(stream => stream.IsOver));
        BrokenLawException.Unless(world.World.Blocks.Outstanding == 0 && world.World.Budget.Used == 0);
        BrokenLawException.Unless(world.World.Timers.Count == 0 && world.Executor.Pending == 0);
        OutputCheck.Judge(connection.Output, script.Role == SessionRole.Connector);
        _ = session.Established.Exception;
    }

    private static void Act(
        SessionScript script, TestWorld world, FuzzConnection connection, PeerSession session, FuzzHandler handler)
    {
        var any = handler.Streams.Count > 0 ? handler.Streams[script.Next(handler.Streams.Count)] : null;
        switch (script.Next(7))
        {
            case 0:
                world.Advance(TimeSpan.FromMilliseconds(script.Next(3) == 0 ? 6000 : 10));
                break;
            case 1:
                connection.IsBlocked = true;
                break;
            case 2:
                connection.Unblock();
                break;
            case 3:
                any?.Reset();
                break;
            case 4 when any is not null:
                FuzzStream.Send(session, any, new byte[script.Next(30_000)], script.Next(2) == 0);
                break;
            default:
                Open(script, session, handler);
                break;
        }

        world.Settle();
    }

    private static void Open(SessionScript script, PeerSession session, FuzzHandler handler)
    {
        if (handler.Streams.Count < MostFrames
            && FuzzStream.TryWrite(session, new byte[script.Next(script.Next(4) == 0 ? 60_000 : 40)]) is { } message)
        {
            var stream = new FuzzStream(session, handler, accepted: false, answers: false);
            var end = script.Next(2) == 0;
            if (session.Open(stream, message, UpperProtocol.User, end, script.Next(2) == 0) == OpenResult.Opened)
            {
                handler.Streams.Add(stream);
            }
        }
    }

    private static void End(
        SessionScript script, TestWorld world, FuzzConnection connection, PeerSession session)
    {
        connection.Unblock();
        if (script.Drains)
        {
            _ = session.DrainAsync(TimeSpan.FromSeconds(1)).AsTask();
        }

        if (script.EndsInput)
        {
            connection.EndInput();
        }

        world.Settle();
        if (script.Drains)
        {
            world.Advance(TimeSpan.FromSeconds(1.1));
        }

        session.Abort();
        world.Settle();
    }
}
