using System.Buffers;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Session.Internal;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Session.Tests;

public class AllocationTests
{
    private const int Exchanges = 34_000;

    [Fact]
    public void Threads_that_are_stopped_in_callbacks_find_their_rooms_again()
    {
        // More threads than twice the cores, which is what such a pool keeps unless it is told otherwise.
        Assert.True(SessionLimits.RetainedScratches > 2 * Math.Min(Environment.ProcessorCount, 16));
        using var world = new World(new WorldOptions());
        var pool = SessionWorld.Of(world).Scratch;
        var rooms = Enumerable.Range(0, SessionLimits.RetainedScratches).Select(_ => pool.Get()).ToList();
        rooms.ForEach(pool.Return);
        Assert.All(rooms, _ => Assert.Contains(pool.Get(), rooms));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exchange_allocates_nothing(bool checksum)
    {
        var executor = new SteppingExecutor();
        using var world = new World(new WorldOptions { Executor = executor, TrackBlocks = false, DriveTimers = false });
        var transport = new InMemoryTransport(world);
        Connection? accepted = null;
        Finish.Of(transport.ListenAsync("inproc://count", connection => accepted = connection).AsTask());
        var connecting = transport.ConnectAsync("inproc://count").AsTask();
        executor.RunAll();
        var connected = Finish.Of(connecting);
        var options = new SessionOptions { Checksum = checksum };
        var client = new PeerSession(world, connected, SessionRole.Connector, new Server(), options);
        var server = new PeerSession(world, accepted!, SessionRole.Acceptor, new Server(), options);
        client.Start();
        server.Start();
        executor.RunAll();

        var best = double.MaxValue;
        Run(client, executor, Exchanges);
        for (var window = 0; window < 3; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(client, executor, Exchanges);
            best = Math.Min(best, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Exchanges);
        }

        Assert.True(best < 0.1, $"{best:F3} bytes per exchange");
        client.Abort();
        server.Abort();
        executor.RunAll();
        Assert.Equal(0, world.Blocks.Outstanding);
    }

    private static void Run(PeerSession client, SteppingExecutor executor, int count)
    {
        var calls = new Call[8];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = new Call();
        }

        for (var i = 0; i < count; i += calls.Length)
        {
            foreach (var call in calls)
            {
                var message = client.RentMessage();
                message.Write("a request"u8);
                client.Open(call, message, UpperProtocol.User, end: true, singleExchange: true);
            }

            executor.RunAll();
            foreach (var call in calls)
            {
                Assert.True(call.Done);
                call.Done = false;
            }
        }
    }

    private sealed class Call : SessionStream
    {
        public bool Done { get; set; }

        protected internal override void OnMessage(in IncomingMessage message)
        {
        }

        protected internal override void OnEnded(in StreamEnd end) => Done = end.Kind == StreamEndKind.Completed;
    }

    private sealed class Server : ISessionHandler
    {
        private readonly Stack<Served> _free = new();

        public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) =>
            _free.TryPop(out var stream) ? stream : new Served(this, session);

        public void OnBatchEnd(PeerSession session)
        {
        }

        public void OnClosed(PeerSession session, in SessionClose close)
        {
        }

        private sealed class Served(Server owner, PeerSession session) : SessionStream
        {
            protected internal override void OnMessage(in IncomingMessage message)
            {
                var answer = session.RentMessage();
                answer.Write("the answer"u8);
                session.Send(this, answer, end: true);
            }

            protected internal override void OnEnded(in StreamEnd end)
            {
                session.Release(this);
                owner._free.Push(this);
            }
        }
    }
}
