using System.Collections.Concurrent;

namespace NetCore.Transport.Tests;

/// <summary>Signals, collections and aborts at once, beside an exchange that must not feel them.</summary>
/// <remarks>The base counts what is left: slots, buffers, messages, blocks, descriptors and threads.</remarks>
public abstract class LongStorm<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    private const int KeptBytes = 3000;
    private const int MostBytes = 500_000;

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, int> _threads = new();
    private long _returned;
    private bool _isOver;

    [Fact]
    public Task A_storm_of_signals_collections_and_aborts_costs_no_byte() => Storm(static rounds => rounds >= 60);

    [Nightly]
    [Fact]
    public Task A_storm_of_signals_collections_and_aborts_costs_no_byte_in_five_minutes()
    {
        var started = TimeProvider.System.GetTimestamp();
        return Storm(_ => TimeProvider.System.GetElapsedTime(started) >= Minutes);
    }

    private async Task Storm(Func<int, bool> isEnough)
    {
        Signals.Accept();
        await using var kept = await Keep();
        var signals = Blow(Signal);
        var collections = Blow(Collect);
        try
        {
            for (var round = 0; !isEnough(round); round++)
            {
                var before = Volatile.Read(ref _returned);
                await AbortInTheMiddle(round);
                await Pair.Until(
                    () => Volatile.Read(ref _returned) > before,
                    $"the exchange goes on in round {round} at {before} bytes; {Violations(kept)}");
            }
        }
        finally
        {
            Volatile.Write(ref _isOver, true);
        }

        Assert.True(await signals > 0 && await collections > 0, "a storm of nothing");
        await Pair.Until(
            () => kept.Client.Received == kept.Client.SentPosition && kept.Client.ToSend == 0, "all came back");
    }

    // An echo of a few bytes that go round until the storm is over.
    private async Task<Pair> Keep()
    {
        var pair = await Pair.StartAsync(Engine);
        pair.Server.OnData = static (peer, data) =>
        {
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        pair.Client.OnData = (peer, data) =>
        {
            var taken = peer.Check(data);
            Volatile.Write(ref _returned, peer.Received);
            if (!Volatile.Read(ref _isOver))
            {
                peer.SendPattern(data.Length);
            }

            return taken;
        };
        await Learn(pair);
        pair.Client.SendPattern(KeptBytes);
        return pair;
    }

    // Both ends send, and one or both go while bytes and requests are under way; whoever is left sees the end.
    private async Task AbortInTheMiddle(int round)
    {
        var pair = await Pair.StartAsync(Engine);
        await Learn(pair);
        pair.Client.SendPattern(MostBytes);
        pair.Server.SendPattern(MostBytes);
        var enough = round * 7919 % (MostBytes / 2);
        await Pair.Until(() => pair.Server.Received >= enough, $"{enough} bytes in round {round}");
        if (round % 3 != 0)
        {
            pair.Client.Connection.Abort();
        }

        if (round % 3 != 1)
        {
            await pair.Server.Connection.RunOnReactor(() => pair.Server.Connection.Abort());
        }

        await pair.Closed();
        await pair.CloseAsync();
    }

    private async Task Learn(Pair pair)
    {
        _threads[await Signals.ThreadOf(pair.Client)] = 0;
        _threads[await Signals.ThreadOf(pair.Server)] = 0;
    }

    private void Signal(long count)
    {
        foreach (var (thread, _) in _threads)
        {
            Signals.Send(thread);
        }

        Thread.SpinWait(200);
    }

    // After each the exchange moves on before the next: with no time between them nothing else would run.
    private void Collect(long count)
    {
        var garbage = Enumerable.Range(0, 200).Select(static size => new byte[size * 16]).ToArray();
        GC.Collect((int)(count % 3), GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.KeepAlive(garbage);
        var before = Volatile.Read(ref _returned);
        SpinWait.SpinUntil(() => Volatile.Read(ref _returned) != before || Volatile.Read(ref _isOver));
    }

    private Task<long> Blow(Action<long> blow) => Task.Factory.StartNew(
        () =>
        {
            var count = 0L;
            for (; !Volatile.Read(ref _isOver); count++)
            {
                blow(count);
            }

            return count;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static string Violations(Pair pair) =>
        string.Join(", ", pair.Client.Violations.Concat(pair.Server.Violations));
}
