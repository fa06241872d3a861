using NetCore.Rpc.Internal;
using NetCore.Testing.Shared;

namespace NetCore.Rpc.Tests;

/// <summary>The queue on a stepped executor: who runs, who is asked to help, what is held.</summary>
public sealed class CallQueueTests : IDisposable
{
    private static readonly TimeSpan SeveralLooks = TimeSpan.FromMilliseconds(50);

    private readonly TestWorld _test = new();
    private readonly GatheringConnection _connection;
    private readonly List<int> _ran = [];
    private int _depth;
    private int _deepest;

    public CallQueueTests() => _connection = new GatheringConnection(_test.World);

    public void Dispose()
    {
        _test.Advance(SeveralLooks);
        Assert.Equal(0, _connection.Holds);
        _test.AssertBaseline();
        _test.Dispose();
    }

    [Fact]
    public void Short_calls_that_are_due_together_need_one_runner_and_one_send()
    {
        var queue = MakeQueue(parallelism: 1);
        Enqueue(queue, 10);
        Assert.Equal(1, _test.Executor.Pending);
        Assert.True(_test.Executor.RunOne());
        Assert.Equal(Enumerable.Range(0, 10), _ran);
        Assert.Equal(0, _test.Executor.Pending);
        Assert.Equal(1, _connection.Sends);
    }

    [Fact]
    public void A_call_that_is_alone_holds_nothing()
    {
        var queue = MakeQueue(parallelism: 1);
        queue.Enqueue(new Call(this, 0, () => Assert.Equal(0, _connection.Holds)));
        _test.Settle();
        Assert.Equal([0], _ran);
        Assert.Equal(0, _connection.Sends);
    }

    [Fact]
    public void A_runner_asks_for_as_many_others_as_the_executor_runs()
    {
        var queue = MakeQueue(parallelism: 3);
        for (var i = 0; i < 10; i++)
        {
            // Inside each call everybody else runs that was asked for.
            queue.Enqueue(new Call(this, i, () => _test.Executor.RunAll()));
        }

        _test.Settle();
        Assert.Equal(10, _ran.Distinct().Count());
        Assert.Equal(3, _deepest);
    }

    [Fact]
    public void A_call_that_blocks_delays_the_others_and_their_sends_by_some_milliseconds_only()
    {
        var queue = MakeQueue(parallelism: 1);
        var sent = 0;
        Enqueue(queue, 1);
        queue.Enqueue(new Call(this, 100, () =>
        {
            Assert.Equal(1, _connection.Holds);
            Assert.Equal(0, _test.Executor.Pending);
            _test.Advance(SeveralLooks);
            sent = _connection.Sends;
            Assert.Equal([0, 1, 2, 3], _ran.Order());
        }));
        Enqueue(queue, 3, first: 1);
        _test.Settle();
        Assert.True(sent >= 1);
        Assert.Equal(5, _ran.Count);
    }

    [Fact]
    public void Calls_that_come_while_one_blocks_are_not_delayed_again()
    {
        var queue = MakeQueue(parallelism: 1);
        queue.Enqueue(new Call(this, 100, () =>
        {
            Enqueue(queue, 1);
            _test.Settle();
            Assert.Empty(_ran);
            _test.Advance(SeveralLooks);
            Assert.Equal([0], _ran);

            // From now on it is known to block, and the clock stands still.
            Enqueue(queue, 2, first: 1);
            _test.Settle();
            Assert.Equal([0, 1, 2], _ran);
        }));
        _test.Settle();

        // It has come back, and one runner is again all there is.
        queue.Enqueue(new Call(this, 101, () =>
        {
            Enqueue(queue, 1, first: 3);
            _test.Settle();
            Assert.DoesNotContain(3, _ran);
        }));
        _test.Settle();
        Assert.Contains(3, _ran);
    }

    [Fact]
    public void Calls_that_take_long_are_sent_one_by_one()
    {
        var queue = MakeQueue(parallelism: 1);
        for (var i = 0; i < 5; i++)
        {
            queue.Enqueue(new Call(this, i, () => _test.Time.Advance(TimeSpan.FromMilliseconds(1))));
        }

        Assert.True(_test.Executor.RunOne());
        Assert.Equal(5, _ran.Count);
        Assert.InRange(_connection.Sends, 2, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_call_that_throws_leaves_no_runner_behind_and_delays_nobody(int parallelism)
    {
        var queue = MakeQueue(parallelism, limit: 2);
        for (var i = 0; i < 5; i++)
        {
            queue.Enqueue(new Call(this, 100 + i, static () => throw new InvalidTimeZoneException()));
            Enqueue(queue, 2, first: 2 * i);
            Assert.Throws<InvalidTimeZoneException>(() => _test.Executor.RunOne());

            // The clock stands still: no watch has to find out.
            _test.Executor.RunAll();
            Assert.Equal(2 * (i + 1), _ran.Count);
            Assert.True(queue.HasRoom);
        }
    }

    [Fact]
    public void No_more_calls_are_under_way_than_the_limit()
    {
        var queue = MakeQueue(parallelism: 4, limit: 2);
        var under = 0;
        for (var i = 0; i < 20; i++)
        {
            queue.Enqueue(new Call(this, i, () => Assert.InRange(++under, 1, 2)) { GoesOn = true });
        }

        for (var left = 0; left < 20; left++)
        {
            _test.Settle();
            Assert.Equal(Math.Min(20, left + 2), _ran.Count);
            under--;
            queue.OnLeft();
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_call_runs_once_whatever_blocks_and_in_whatever_order(int seed)
    {
        var random = new Random(seed);
        var queue = MakeQueue(1 + (seed % 3));
        for (var i = 0; i < 60; i++)
        {
            var act = random.Next(8);
            queue.Enqueue(new Call(this, i, () =>
            {
                if (act == 0 && _depth < 5)
                {
                    _test.Advance(SeveralLooks);
                }
                else if (act == 1)
                {
                    _test.Executor.RunOne();
                }
            }));
            if (random.Next(4) == 0)
            {
                _test.Executor.RunOne();
            }
        }

        _test.Advance(SeveralLooks);
        Assert.Equal(Enumerable.Range(0, 60), _ran.Order());
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 50)];

    private CallQueue MakeQueue(int parallelism, int limit = int.MaxValue)
    {
        _test.Executor.Parallelism = parallelism;
        return new CallQueue(_test.World, _connection, limit);
    }

    private void Enqueue(CallQueue queue, int count, int first = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            queue.Enqueue(new Call(this, i));
        }
    }

    private sealed class Call(CallQueueTests test, int number, Action? code = null) : IQueuedCall
    {
        public bool GoesOn { get; init; }

        public IQueuedCall? Next { get; set; }

        public RpcMethod Method => WorkMethods.Run;

        public bool Run()
        {
            test._deepest = Math.Max(test._deepest, ++test._depth);
            try
            {
                code?.Invoke();
            }
            finally
            {
                test._depth--;
            }

            test._ran.Add(number);
            return !GoesOn;
        }
    }
}
