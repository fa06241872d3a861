using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>Memory of sessions that wait. Alone: it counts the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests
{
    private const int Count = 1000;

    // Of one end: transport and session. The kernel's share is not counted.
    private const int MaxBytes = 2048;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_session_that_waits_after_an_exchange_takes_less_than_two_kibibytes_and_no_block()
    {
        var time = new FakeTimeProvider();
        using var world = new World(new WorldOptions { TrackBlocks = false, Time = time, DriveTimers = false });
        using var transport = new EpollTransport(world, new EpollTransportOptions { Reactors = 1 });
        var options = new SessionOptions { PingAfter = TimeSpan.FromMinutes(10) };
        var server = new Server();
        var ends = new List<PeerSession>((2 * Count) + 20);
        await using var listener = await transport.ListenAsync(
            "tcp://127.0.0.1:0", connection => Start(connection, SessionRole.Acceptor));

        // What is made once, and the room for the others, is there after the first few.
        await OpenAsync(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await OpenAsync(Count);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (2 * Count);
        foreach (var session in ends)
        {
            session.Abort();
            await session.Connection.DisposeAsync();
        }

        Assert.True(bytes < MaxBytes, $"{bytes} bytes for each end");

        PeerSession Start(Connection connection, SessionRole role)
        {
            var session = new PeerSession(world, connection, role, server, options);
            lock (ends)
            {
                ends.Add(session);
            }

            session.Start();
            return session;
        }

        async Task OpenAsync(int count)
        {
            var call = new Call();
            for (var i = 0; i < count; i++)
            {
                var client = Start(await transport.ConnectAsync(listener.Address), SessionRole.Connector);
                await client.Established.WaitAsync(Patience);
                var over = call.Begin(world.Timers.Now + 30_000);
                var message = client.RentMessage();
                message.Write("a request"u8);
                client.Open(call, message, UpperProtocol.User, end: true, singleExchange: true);
                await over.WaitAsync(Patience);
            }

            Assert.True(SpinWait.SpinUntil(() => world.Blocks.Outstanding == 0, Patience), "Blocks are out.");

            // Twice as far as the sessions look at the clock, and beyond the deadlines of the calls.
            for (var i = 0; i < 8; i++)
            {
                time.Advance(TimeSpan.FromMilliseconds(SessionLimits.MaxLookMilliseconds + 2));
                world.Timers.Advance();
            }
        }
    }

    private sealed class Call : SessionStream
    {
        private TaskCompletionSource _over = new();

        public Task Begin(long deadline)
        {
            Deadline = deadline;
            _over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _over.Task;
        }

        protected internal override void OnMessage(in IncomingMessage message)
        {
        }

        protected internal override void OnEnded(in StreamEnd end) => _over.SetResult();
    }

    private sealed class Server : ISessionHandler
    {
        public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => new Served(session);

        public void OnBatchEnd(PeerSession session)
        {
        }

        public void OnClosed(PeerSession session, in SessionClose close)
        {
        }

        private sealed class Served(PeerSession session) : SessionStream
        {
            protected internal override void OnMessage(in IncomingMessage message)
            {
                var answer = session.RentMessage();
                answer.Write("the answer"u8);
                session.Send(this, answer, end: true);
            }

            protected internal override void OnEnded(in StreamEnd end) => session.Release(this);
        }
    }
}
