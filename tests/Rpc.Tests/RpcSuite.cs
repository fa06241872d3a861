using System.Collections.Concurrent;
using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

/// <summary>
/// What must hold whatever engine, lane, continuations and wait policy a call has: a subclass names them.
/// </summary>
/// <remarks>Alone: the descriptors and threads of the process must be as many after each case as before.</remarks>
/// <param name="scheme">See <see cref="RealRig.StartAsync"/>.</param>
/// <param name="backend">The engine that must be found at work.</param>
/// <param name="lane">Where all methods start.</param>
/// <param name="continuations">Where the callers go on.</param>
/// <param name="wait">What its reactors do while nothing is ready.</param>
/// <param name="ring">How its ring is set up, where it is not as for everybody.</param>
[Collection(nameof(Alone))]
public abstract class RpcSuite(
    string scheme,
    string backend,
    RpcLane lane,
    RpcContinuations continuations,
    WaitPolicy wait = WaitPolicy.Blocking,
    RingVariant? ring = null)
    : IAsyncLifetime
{
    private RealRig _rig = null!;
    private ProcessBaseline _baseline = null!;

    public async ValueTask InitializeAsync()
    {
        await using (await RealRig.StartAsync("tcp"))
        {
            // The runtime has opened now what it opens once for all sockets.
        }

        _baseline = ProcessBaseline.Take();
        _rig = await RealRig.StartAsync(
            scheme, options => options with { Lane = lane }, continuations: continuations, wait: wait,
            ring: ring);
        Assert.Equal(backend, _rig.Client.Session.Connection.Backend);
        await RealRig.Until(() => !_rig.Transport.Accepted.IsEmpty, "the server has its end");
        Assert.Equal(backend, _rig.Transport.Accepted.First().Backend);
    }

    /// <summary>
    /// Everything is back: streams and what the process counts here; blocks, slots and reactors in the rig.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await RealRig.Until(() => _rig.Client.Session.OpenStreams == 0, "no stream is left");
        await AssertPolicyAsync();
        await _rig.DisposeAsync();
        await RealRig.Until(() => _baseline.Left() is null, $"{_baseline.Left()}");
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_kind_of_value_arrives_as_it_was_sent()
    {
        foreach (var length in new[] { 0, 1, 100, 1025, 4097, 16 * 1024 + 1, 100_000 })
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            AssertSame(bytes, await _rig.Calls.ArrayAsync(bytes));
            AssertSame(bytes, (await _rig.Calls.MemoryAsync(bytes)).ToArray());
            AssertSame(bytes, (await _rig.LaneCalls.SameAsync(bytes)).ToArray());
            using var lease = await _rig.Calls.LeaseAsync(LeasedBytes.Copy(_rig.World.Blocks, bytes));
            AssertSame(bytes, lease.ToArray());
            var text = string.Concat(Enumerable.Repeat("aé☺𝄞", length / 10));
            Assert.Equal(text, await _rig.Calls.TextAsync(text));
            var description = $"é -7 {length} {bytes.Sum(b => (long)b)}";
            Assert.Equal(description, await _rig.LaneCalls.DescribeAsync("é", -7, bytes));
            Assert.Equal(length + 2, await _rig.LaneCalls.ParseAsync(new Person("Ada", ["x", "é"]), bytes));
            AssertSame([.. bytes, .. bytes], await _rig.LaneCalls.JoinAsync(bytes, bytes));
        }

        Assert.Null(await _rig.Calls.ArrayAsync(null));
        var back = await _rig.Calls.PersonAsync(new Person("Ada", ["x", "é"]));
        Assert.Equal("Ada x,é", $"{back!.Name} {string.Join(',', back.Tags)}");
        Assert.Equal(new Place(4, 12), await _rig.LaneCalls.MoveAsync(new Place(3, 10)));
        await _rig.Calls.NothingAsync();
    }

    [Fact]
    public async Task Handlers_and_callers_run_where_they_were_told_to()
    {
        var handlers = new ConcurrentBag<string>();
        var callers = new ConcurrentBag<string>();
        _rig.Service.OnRun = (value, _) =>
        {
            handlers.Add(Here());
            return new(value);
        };

        // Started there, no call can be complete before it is awaited.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _rig.OnReceiverAsync(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(i, await _rig.Calls.RunAsync(i));
                callers.Add(Here());
            }
        })));
        Assert.Equal([lane == RpcLane.Inline ? Receiving : Pool], handlers.Distinct());
        Assert.Equal([continuations == RpcContinuations.Reactor ? Receiving : Pool], callers.Distinct());
    }

    [Fact]
    public async Task Many_calls_at_once_each_get_their_own_answer()
    {
        _rig.Service.OnRun = async (value, _) =>
        {
            if (value % 3 == 0)
            {
                await Task.Yield();
            }

            return value * 2;
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => _rig.Calls.RunAsync(i).AsTask()));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i * 2), answers);
    }

    [Fact]
    public async Task A_handler_that_throws_at_once_or_later_fails_its_own_call_only()
    {
        _rig.Service.OnRun = async (value, _) =>
        {
            if (value % 4 == 1)
            {
                await Task.Yield();
            }

            return value % 2 == 0 ? value : throw new InvalidOperationException("odd");
        };
        for (var i = 0; i < 20; i++)
        {
            if (i % 2 == 0)
            {
                Assert.Equal(i, await _rig.Calls.RunAsync(i));
                continue;
            }

            var error = await RealRig.Error(_rig.Calls.RunAsync(i));
            Assert.Equal((RpcErrorCode.HandlerFailed, RpcExecution.Executed), (error.Code, error.Execution));
        }
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline_or_when_it_is_cancelled_and_its_handler_learns_of_it()
    {
        var told = 0;
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Service.OnRun = async (value, cancellation) =>
        {
            if (value == 2)
            {
                running.SetResult();
            }

            var over = new TaskCompletionSource();
            await using var registration = cancellation.Register(over.SetResult);
            await over.Task;
            Interlocked.Increment(ref told);
            throw new OperationCanceledException(cancellation);
        };
        var late = new WorkClient(_rig.Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(RpcErrorCode.DeadlineExceeded, (await RealRig.Error(late.RunAsync(1))).Code);

        using var caller = new CancellationTokenSource();
        var cancelled = _rig.Calls.RunAsync(2, caller.Token).AsTask();
        await running.Task.WaitAsync(TimeSpan.FromSeconds(90));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        // The first may have been late even for its handler, which then does not start.
        await RealRig.Until(() => Volatile.Read(ref told) == _rig.Service.Started, "each handler learns of it");
    }

    [Fact]
    public async Task One_way_calls_arrive_and_give_their_slots_back()
    {
        for (var i = 0; i < 500; i++)
        {
            await _rig.Calls.NoteAsync(i);
            await _rig.LaneCalls.NoteAsync(new byte[2]);
        }

        await RealRig.Until(() => _rig.Service.Notes == 500 && _rig.Lanes.Notes == 1000, "all notes arrive");
    }

    [Fact]
    public async Task Items_arrive_as_they_were_sent_in_both_directions_beside_calls()
    {
        var flows = Enumerable.Range(0, 6).Select(async i =>
        {
            foreach (var length in new[] { 1, 32, 3000, 50_000 })
            {
                var count = length > 1000 ? 40 : 2000;
                var expected = Enumerable.Range(0, count).Select(n => Flows.Item(n, length)).ToList();
                var got = await Items.CopyAsync((i % 2 == 0)
                    ? _rig.FlowCalls.BytesAsync(count, length)
                    : _rig.FlowCalls.EchoAsync(Items.Bytes(count, length)));
                Assert.Equal(expected.Count, got.Count);
                Assert.All(got.Zip(expected), pair => AssertSame(pair.Second, pair.First));
            }

            Assert.Equal(49_995_000, await _rig.FlowCalls.SumAsync(Items.Numbers(10_000)));
        }).ToList();
        while (!flows.TrueForAll(flow => flow.IsCompleted))
        {
            Assert.Equal(5, await _rig.Calls.RunAsync(5));
        }

        await Task.WhenAll(flows);
        _rig.Client.Session.AssertCredit();
        Assert.Equal(0, _rig.Flows.Open);
    }

    [Fact]
    public async Task Items_end_by_leaving_by_an_error_and_with_their_connection()
    {
        await foreach (var item in _rig.FlowCalls.CountAsync(0, int.MaxValue))
        {
            if (item == 1000)
            {
                break;
            }
        }

        _rig.Flows.OnItem = (item, _) => item % 2000 == 1999 ? throw new InvalidOperationException("odd") : default;
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Items.ListAsync(_rig.FlowCalls.CountAsync(0, int.MaxValue)));
        Assert.Equal(RpcErrorCode.HandlerFailed, error.Code);
        _rig.Flows.OnItem = static (_, _) => default;
        var lost = Items.ListAsync(_rig.FlowCalls.ScaleAsync(1, Items.Numbers(int.MaxValue))).AsTask();
        await RealRig.Until(() => _rig.Flows.Open == 1, "it runs alone");
        _rig.Client.Session.Connection.Abort();
        Assert.Equal(
            RpcErrorCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(async () => await lost)).Code);
        await RealRig.Until(() => _rig.Flows.Open == 0, "its handler ends");
    }

    [Fact]
    public async Task Losing_the_connection_ends_its_calls()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Service.OnRun = (_, _) => new(gate.Task);
        var lost = Enumerable.Range(0, 20).Select(i => _rig.Calls.RunAsync(i).AsTask()).ToList();
        await RealRig.Until(() => _rig.Service.Started == 20, "all calls run");
        _rig.Client.Session.Connection.Abort();
        foreach (var call in lost)
        {
            Assert.Equal(RpcErrorCode.Unavailable, (await RealRig.Error(new(call))).Code);
        }

        gate.SetResult(3);
        Assert.Equal(RpcErrorCode.Unavailable, (await RealRig.Error(_rig.Calls.RunAsync(1))).Code);
    }

    // The policy that really waited: a reactor that never sleeps has not slept. Any other sleeps once nothing is ready,
    // which it now is, and a slow machine may have kept it too busy for that until here.
    private async Task AssertPolicyAsync()
    {
        Assert.Equal(backend is "epoll" or "uring", _rig.Counters is not null);
        if (_rig.Counters is null)
        {
            return;
        }

        if (wait == WaitPolicy.BusyPoll)
        {
            await RealRig.Until(() => _rig.Counters?.Looks > 0, "a reactor that never sleeps looks");
            Assert.Equal(0, _rig.Counters?.Waits);
            return;
        }

        await RealRig.Until(() => _rig.Counters?.Waits > 0, "a reactor with nothing to do sleeps");
        Assert.True(wait == WaitPolicy.Blocking || _rig.Counters?.Looks > 0, $"{_rig.Counters}");
    }

    // Quick: this may be the thread that answers pings.
    private static void AssertSame(byte[] expected, byte[]? actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), "Other bytes came back.");

    // Engines without reactors receive on threads of the pool.
    private string Receiving => backend is "epoll" or "uring" && Pool == "pool" ? $"NetCore {backend} 0" : Pool;

    // In the world of a reactor of the application everything runs on its thread.
    private string Pool => scheme is "app" or "app-uring" ? ProcessBaseline.PollingThread : "pool";

    private static string Here() => Thread.CurrentThread.IsThreadPoolThread ? "pool" : Thread.CurrentThread.Name ?? "?";
}
