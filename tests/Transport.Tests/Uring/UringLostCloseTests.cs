using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Closes on a kernel that does not end what it was told to cancel.</summary>
public sealed class UringLostCloseTests
{
    [Fact]
    public async Task A_close_that_does_not_end_is_told_and_counted_until_it_does()
    {
        var lost = 0L;
        using var meters = Meters(change => lost += change);
        await using var engine = new HeldEngine();
        engine.Held.Holds = static completion => Is(completion, UringKind.Receive, Errno.Canceled);
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        await AbortAsync(engine, server);
        await engine.Advance(HeldEngine.Half, server.Connection);
        Assert.Equal((0, false), (engine.Ring1.Counts.Lost, server.Done.Task.IsCompleted));

        await LoseAsync(engine, server);
        await server.Done.Task.WaitAsync(Pair.Patience);
        await server.Connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Assert.Equal((1, 1L, 2), (engine.Ring1.Counts.Lost, Interlocked.Read(ref lost), engine.Ring1.Count));
        Assert.Equal("1 connections are lost", ReactorLeftovers.Of([Of(server)], onRings: true, load: 1));
        var line = Assert.Single(engine.Log.Lines, static line => line.Level == LogLevel.Error);
        Assert.Contains($"1 requests of connection {server.Connection.Id}", line.Text, StringComparison.Ordinal);

        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");
        Assert.Equal((0, 0L), (engine.Ring1.Counts.Lost, Interlocked.Read(ref lost)));
        Assert.True(engine.Log.Contains(LogLevel.Warning, server.Connection.Id), engine.Log.ToString());
        Assert.Equal((1, 0), (server.ClosedCount, server.Violations.Count));
        var error = Assert.Throws<SocketException>(() => client.Receive(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task The_memory_of_a_send_that_does_not_end_is_kept_until_it_does()
    {
        await using var engine = new HeldEngine();
        var holds = false;
        engine.Held.Holds = completion =>
            Volatile.Read(ref holds) && UringData.KindOf(completion.Data) == UringKind.Send;
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync(receiveBuffer: 4096);
        using var _ = client;
        server.OnData = static (peer, data) =>
        {
            peer.SendPattern(8 * 1024 * 1024);
            return data.Length;
        };
        client.Send("?"u8);
        await Pair.Until(() => server.Connection.Statistics.BytesSent > 100_000, "some is sent");

        // The abort is not to meet the end of a send, after which the kernel holds none.
        await server.StandsStill(() => engine.Ring1.Counters.Sends);
        Volatile.Write(ref holds, true);
        await AbortAsync(engine, server);
        var kept = engine.World.Blocks.Outstanding;
        Assert.NotEqual(0, kept);
        await LoseAsync(engine, server);
        await server.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((1, kept), (engine.Ring1.Counts.Lost, engine.World.Blocks.Outstanding));

        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await Pair.Until(() => engine.World.Blocks.Outstanding == 0, "the memory is given back");
        Assert.Equal(0, engine.Ring1.Counts.Lost);
        Assert.Equal((1, 0), (server.ClosedCount, server.Violations.Count));
    }

    [Fact]
    public async Task A_close_that_is_lost_waits_for_who_is_filling()
    {
        await using var engine = new HeldEngine();
        engine.Held.Holds = static completion => Is(completion, UringKind.Receive, Errno.Canceled);
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        using var fills = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        server.OnFill = (_, _) =>
        {
            fills.Set();
            go.Wait(Pair.Patience);
            return SendState.Idle;
        };
        var filling = Task.Run(server.Connection.RequestSend);
        await Task.Run(fills.Wait).WaitAsync(Pair.Patience);
        await AbortAsync(engine, server);
        await LoseAsync(engine, server);
        Assert.False(server.Done.Task.IsCompleted);

        // The kernel ends it after all, while the thread still fills.
        engine.Held.LetGo();
        await server.Connection.RunOnReactor(static () => { });
        await Pair.Until(() => engine.Ring1.Counts.Lost == 0, "it is found");
        Assert.False(server.Done.Task.IsCompleted);
        Assert.Equal(2, Of(server).Load);
        go.Set();
        await filling.WaitAsync(Pair.Patience);
        await server.Done.Task.WaitAsync(Pair.Patience);
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task A_transport_ends_although_a_close_does_not()
    {
        var engine = new HeldEngine();
        engine.Held.Holds = static completion => Is(completion, UringKind.Receive, Errno.Canceled);
        await using (var raw = RawPeer.Listen(engine))
        {
            var (client, server) = await raw.WaitingPairAsync();
            using var _ = client;
            await AbortAsync(engine, server);
            await LoseAsync(engine, server);
            await server.Done.Task.WaitAsync(Pair.Patience);
        }

        // Which asserts that the reactor's thread has ended.
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task What_a_kernel_does_not_find_is_asked_for_until_the_close_is_lost_and_no_longer()
    {
        await using var engine = new HeldEngine();
        engine.Held.Change = static entry =>
        {
            entry.Address ^= entry.Operation == Operation.Cancel ? HeldEngine.NobodysBit : 0;
            return entry;
        };
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        await AbortAsync(engine, server);
        var asked = Asked(engine);
        await Pair.Until(() => Asked(engine) > asked + 2, "asked again and again");
        await LoseAsync(engine, server);
        await server.Done.Task.WaitAsync(Pair.Patience);

        // The one that was under way has its answer after two turns.
        for (var turn = 0; turn < 20; turn++)
        {
            await server.Connection.RunOnReactor(static () => { });
            asked = turn < 3 ? Asked(engine) : asked;
        }

        Assert.Equal(asked, Asked(engine));

        // What is received ends with the peer's output; the listener is to end by its cancel.
        engine.Held.Change = null;
        client.Dispose();
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");
    }

    private static int Asked(HeldEngine engine) =>
        engine.Held.Submitted.Count(static kind => kind == UringKind.Cancel);

    // The time is over, and so are the moments after it in which the reactor looks.
    private static async Task LoseAsync(HeldEngine engine, Peer server)
    {
        await engine.Advance(2 * HeldEngine.Half, server.Connection);
        for (var moment = 0; moment < 10 && engine.Ring1.Counts.Lost == 0; moment++)
        {
            await engine.Advance(HeldEngine.Half / 10, server.Connection);
        }

        Assert.Equal(1, engine.Ring1.Counts.Lost);
    }

    private static Reactor Of(Peer peer) => (Reactor)peer.Connection.Executor;

    private static bool Is(Completion completion, UringKind kind, Errno error) =>
        UringData.KindOf(completion.Data) == kind && completion.Error == error;

    // And waits until the kernel has been told.
    private static async Task AbortAsync(HeldEngine engine, Peer server)
    {
        server.Connection.Abort();
        await Pair.Until(() => engine.Held.Submitted.Contains(UringKind.Cancel), "the requests are cancelled");
        await server.Connection.RunOnReactor(static () => { });
    }

    private static MeterListener Meters(Action<long> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "netcore.transport.connections.lost")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }
}
