using System.Buffers;
using System.Collections.Concurrent;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>Real threads, small windows, everything at random.</summary>
public class TortureTests
{
    private static readonly SessionOptions Small = new()
    {
        StreamWindowBytes = 65536, ConnectionWindowBytes = 65536, MaxStreams = 20,
    };

    [Theory]
    [InlineData(1ul, false)]
    [InlineData(2ul, true)]
    public void Threads_that_open_send_and_reset_find_every_stream_ended_once(ulong seed, bool abort)
    {
        using var world = new World(new WorldOptions
        {
            Random = new SeededRandomSource(seed), TrackBlocks = true, DriveTimers = false,
        });
        var pipe = new InMemoryOptions { PipeBytes = 20_000, MaxDeliveryBytes = 3000 };
        var transport = new InMemoryTransport(world, pipe);
        var acceptance = new TaskCompletionSource<Connection>();
        Finish.Of(transport.ListenAsync("inproc://torture", acceptance.SetResult).AsTask());
        var connecting = transport.ConnectAsync("inproc://torture").AsTask();
        var connected = Finish.Of(connecting);
        var accepted = Finish.Of(acceptance.Task);
        var clientHandler = new TestHandler();
        var serverHandler = new TestHandler();
        var client = new PeerSession(world, connected, SessionRole.Connector, clientHandler, Small);
        var server = new PeerSession(world, accepted, SessionRole.Acceptor, serverHandler, Small);
        Echo(clientHandler, client);
        Echo(serverHandler, server);
        client.Start();
        server.Start();
        Finish.Of(client.Established);

        var streams = new ConcurrentBag<TestStream>();
        var threads = Enumerable.Range(0, 4)
            .Select(i => new Thread(() => Work(i % 2 == 0 ? client : server, streams, (seed * 10) + (ulong)i)))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => Assert.True(thread.Join(TimeSpan.FromSeconds(180))));
        if (abort)
        {
            client.Abort();
        }

        var ends = (SessionClose[])[
            .. Finish.Of(Task.WhenAll(
                client.DrainAsync(TimeSpan.FromMinutes(10)).AsTask(),
                server.DrainAsync(TimeSpan.FromMinutes(10)).AsTask()))];
        Assert.True(abort || ends.All(end => end.Error == SessionError.None), string.Join(' ', ends));

        foreach (var stream in streams.Concat(serverHandler.Accepted).Concat(clientHandler.Accepted))
        {
            Assert.Empty(stream.Breaches);
            Assert.True(stream.IsOver);
        }

        world.Blocks.AssertAllReturned();
        Assert.Equal(0, world.Timers.Count);
    }

    private static void Echo(TestHandler handler, PeerSession session) => handler.Opening = _ => new TestStream
    {
        OnWhole = (stream, bytes, last) => session.Send(stream, Pair.Message(session, bytes), last),
        OnOver = session.Release,
    };

    private static void Work(PeerSession session, ConcurrentBag<TestStream> streams, ulong seed)
    {
        var random = new SeededRandomSource(seed);
        var open = new List<TestStream>();
        for (var i = 0; i < 400; i++)
        {
            var stream = new TestStream();
            var size = random.Next(10) == 0 ? random.Next(60_000) : random.Next(200);
            var message = Pair.Message(session, new byte[size]);
            var end = random.Next(2) == 0;
            var frameClass = random.Next(3) == 0 ? FrameClass.Bulk : FrameClass.Call;
            var single = random.Next(2) == 0;
            if (session.Open(stream, message, UpperProtocol.User, end, single, frameClass) == OpenResult.Opened)
            {
                streams.Add(stream);
                open.Add(stream);
            }

            if (open.Count == 0)
            {
                continue;
            }

            var other = open[random.Next(open.Count)];
            switch (random.Next(4))
            {
                case 0:
                    Reset(session, other);
                    break;
                case 1:
                    session.Send(other, Pair.Message(session, new byte[1 + random.Next(3000)]), random.Next(2) == 0);
                    break;
                default:
                    break;
            }
        }

        // Those whose own half is open would never end.
        open.ForEach(stream => session.Send(stream, Pair.Message(session, []), end: true));
    }

    private static void Reset(PeerSession session, TestStream stream)
    {
        if (session.TryReset(stream, stream.Life, ResetCode.Cancelled, out _))
        {
            stream.MarkReset();
        }
    }
}
