using Microsoft.Extensions.Logging;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A reactor that has no time for a close is no kernel that loses requests.</summary>
public sealed class UringHeldUpTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_reactor_that_was_held_up_is_not_taken_for_a_kernel_that_loses_requests(int items)
    {
        await using var engine = new HeldEngine();
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        using var entered = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var held = Held(entered, go);

        // Behind the cancel of what is in flight, and before its completion is looked at.
        await AbortAndPost(server, held);
        var due = new List<Task>();
        for (var left = items; left > 0; left--)
        {
            Assert.True(await entered.WaitAsync(Pair.Patience));
            due.Add(engine.Advance(10 * HeldEngine.Half, server.Connection));
            if (left > 1)
            {
                server.Connection.Executor.Post(held);
            }

            go.Release();
        }

        await Task.WhenAll(due);
        await server.Done.Task.WaitAsync(Pair.Patience);
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");

        // Nobody watches a close that has ended.
        await engine.Advance(10 * HeldEngine.Half, server.Connection);
        await engine.Advance(10 * HeldEngine.Half, server.Connection);
        Assert.DoesNotContain(engine.Log.Lines, static line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_cancel_that_was_in_vain_is_asked_for_again_before_a_close_counts_as_lost()
    {
        await using var engine = new HeldEngine();
        var cancels = 0;
        engine.Held.Change = entry =>
        {
            entry.Address ^= entry.Operation == Operation.Cancel && cancels++ == 0 ? HeldEngine.NobodysBit : 0;
            return entry;
        };
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        using var entered = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        await AbortAndPost(server, Held(entered, go));
        Assert.True(await entered.WaitAsync(Pair.Patience));
        var due = engine.Advance(10 * HeldEngine.Half, server.Connection);
        go.Release();
        await due;
        await server.Done.Task.WaitAsync(Pair.Patience);
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");
        Assert.DoesNotContain(engine.Log.Lines, static line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_reactor_that_is_held_up_at_its_first_look_has_others_before_a_close_counts_as_lost()
    {
        await using var engine = new HeldEngine();
        using var entered = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var cancels = 0;
        engine.Held.Change = entry =>
        {
            if (entry.Operation != Operation.Cancel || cancels++ > 0)
            {
                return entry;
            }

            // In vain, and not told before the test has moved the clock.
            entry.Address ^= HeldEngine.NobodysBit;
            entered.Release();
            go.Wait(Pair.Patience);
            return entry;
        };
        await using var raw = RawPeer.Listen(engine);
        var (client, server) = await raw.WaitingPairAsync();
        using var _ = client;
        await AbortAndPost(server, Held(entered, go));
        for (var hold = 0; hold < 2; hold++)
        {
            Assert.True(await entered.WaitAsync(Pair.Patience));
            var due = engine.Advance(hold == 0 ? 10 * HeldEngine.Half : HeldEngine.Half / 10, server.Connection);
            go.Release();
            await due;
        }

        await server.Done.Task.WaitAsync(Pair.Patience);
        await Pair.Until(() => engine.Ring1.Count == 1, "the slot is given back; the listener's is left");
        Assert.DoesNotContain(engine.Log.Lines, static line => line.Level >= LogLevel.Warning);
    }

    private static Task AbortAndPost(Peer server, Reactors.Item item) => server.Connection.RunOnReactor(() =>
    {
        server.Connection.Abort();
        server.Connection.Executor.Post(item);
    });

    private static Reactors.Item Held(SemaphoreSlim entered, SemaphoreSlim go) => new(() =>
    {
        entered.Release();

        // Until the test has moved the clock.
        go.Wait(Pair.Patience);
    });
}
