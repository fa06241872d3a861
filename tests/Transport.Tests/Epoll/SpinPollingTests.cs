namespace NetCore.Transport.Tests;

/// <summary>A reactor that spins receives from its few connections without asking for events.</summary>
public sealed class SpinPollingTests
{
    private const int Bytes = 3_000_000;

    [Fact]
    public async Task A_message_costs_one_receive_and_seldom_a_look()
    {
        await using var engine = new HookedEngine(new HookedCalls());
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync();
        using var owned = client;
        server.OnData = static (peer, data) =>
        {
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        server.Start();
        RoundTrips(client, 0, 10);
        var before = engine.Counters;
        RoundTrips(client, 10, 200);
        var made = engine.Counters - before;
        Assert.Equal(200, made.Receives);
        Assert.InRange(made.Sends, 200, 201);
        Assert.Equal(0, made.Waits + made.Wakes);

        // Sixteen receives for a look.
        Assert.InRange(made.Looks, 1, ((made.Receives + made.EmptyReceives) / 8) + 10);
    }

    [Fact]
    public async Task Five_connections_are_asked_about_together_and_four_of_them_again_one_by_one()
    {
        await using var engine = new HookedEngine(new HookedCalls());
        await using var raw = RawPeer.Listen(engine);
        var clients = new List<System.Net.Sockets.Socket>();
        for (var i = 0; i < 5; i++)
        {
            var (client, server) = await raw.PairAsync();
            server.OnEnd = static peer => peer.SendPattern(0, end: true);
            server.Start();
            clients.Add(client);
        }

        await LooksOnly(engine, true);

        clients[0].Dispose();
        await LooksOnly(engine, false);
        clients.ForEach(static client => client.Dispose());
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("pause, resume later")]
    [InlineData("pause, resume elsewhere")]
    public async Task Bytes_that_were_received_while_somebody_else_takes_the_role_are_delivered_once(string what)
    {
        var calls = new HookedCalls();
        await using var engine = new HookedEngine(calls);
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.PairAsync();
        using var owned = client;
        var connection = server.Connection;
        calls.Received = _ =>
        {
            connection.PauseReceive();
            if (what == "resume")
            {
                connection.ResumeReceive();
            }
            else if (what == "pause, resume later")
            {
                engine.World.Executor.Post(new Reactors.Item(connection.ResumeReceive));
            }
            else
            {
                var resume = new Thread(connection.ResumeReceive);
                resume.Start();
                resume.Join();
            }
        };
        server.Start();
        var send = Task.Run(() => SendAll(client));
        await Pair.Until(() => server.Received == Bytes, $"all of {Bytes} bytes, not {server.Received}");
        await send;
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task An_abort_at_the_moment_of_a_receive_closes_once()
    {
        for (var i = 0; i < 50; i++)
        {
            var calls = new HookedCalls();
            await using var engine = new HookedEngine(calls);
            await using var raw = RawPeer.Listen(engine);
            var (client, server) = await raw.PairAsync();
            using var owned = client;
            calls.Received = _ => server.Connection.Abort();
            server.Start();
            client.Send("x"u8);
            await server.Done.Task.WaitAsync(Pair.Patience);
            Assert.Equal((1, TransportError.Aborted), (server.ClosedCount, server.Close.Error));
        }
    }

    [Fact]
    public async Task Connections_that_come_and_go_around_the_limit_lose_nothing()
    {
        await using var engine = new EpollBusyUnixEngine();
        await Task.WhenAll(Enumerable.Range(1, 3).Select(worker => Exchange(engine, worker * 20_000)))
            .WaitAsync(Pair.Patience);
    }

    // Two connections at a time: three of these are around the limit of four.
    private static async Task Exchange(Engine engine, int bytes)
    {
        Peer server = null!;
        await using var listener = await engine.Transport.ListenAsync(engine.NewAddress(), connection =>
        {
            server = new Peer(connection) { OnEnd = static peer => peer.SendPattern(0, end: true) };
            server.SendPattern(bytes);
            server.Start();
        });
        for (var i = 0; i < 30; i++)
        {
            var client = new Peer(await engine.Transport.ConnectAsync(listener.Address));
            client.SendPattern(bytes, end: true);
            client.Start();
            await client.Done.Task;
            await server.Done.Task;
            Assert.Equal((bytes, bytes), (server.Received, client.Received));
            await client.Connection.DisposeAsync();
            await server.Connection.DisposeAsync();
        }
    }

    // The reactor spins: whether it asks for each connection is seen by how many receives find nothing.
    private static Task LooksOnly(HookedEngine engine, bool expected)
    {
        var before = engine.Counters;
        return Pair.Until(
            () =>
            {
                var made = engine.Counters - before;
                before = engine.Counters;
                return made.Looks > 20 && made.EmptyReceives < made.Looks == expected;
            },
            $"looks only: {expected}");
    }

    private static void RoundTrips(System.Net.Sockets.Socket client, int from, int count)
    {
        Span<byte> bytes = stackalloc byte[1];
        for (var i = from; i < from + count; i++)
        {
            bytes[0] = Peer.ByteAt(i);
            client.Send(bytes);
            Assert.Equal(1, client.Receive(bytes));
        }
    }

    private static void SendAll(System.Net.Sockets.Socket client)
    {
        var bytes = new byte[Bytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Peer.ByteAt(i);
        }

        for (var sent = 0; sent < bytes.Length; sent += client.Send(bytes.AsSpan(sent)))
        {
        }
    }

    private sealed class HookedEngine(HookedCalls calls) : EpollTcpEngine
    {
        public TransportCounters Counters => ((EpollTransport)Transport).Counters;

        protected override int Reactors => 1;

        protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

        private protected override Native.ISystemCalls Calls() => calls;
    }
}
