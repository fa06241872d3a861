using System.Threading.Tasks.Sources;

namespace NetCore.Transport.Tests;

/// <summary>Polling until a task is complete.</summary>
public sealed class AppReactorRunTests
{
    // As many as a machine that has nothing else to do needs half a second for.
    private const int Rounds = 20_000;

    [Fact]
    public void A_complete_task_gives_its_result_at_once()
    {
        using var reactor = new AppReactor();
        Assert.Equal(7, reactor.Run(new ValueTask<int>(7)));
        reactor.Run(default);
        Assert.Equal(0, reactor.Counters.Waits + reactor.Counters.Looks);
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.Adaptive)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void What_a_foreign_thread_completes_ends_the_run(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        for (var i = 0; i < 50; i++)
        {
            var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = CompleteLater(reactor, () => source.SetResult(i));
            Assert.Equal(i, reactor.Run(new ValueTask<int>(source.Task)));
            Assert.True(thread.Join(Pair.Patience));

            var untyped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            thread = CompleteLater(reactor, untyped.SetResult);
            reactor.Run(new ValueTask(untyped.Task));
            Assert.True(thread.Join(Pair.Patience));
        }
    }

    [Fact]
    public void The_error_of_a_task_comes_out_of_the_run_which_may_be_repeated()
    {
        using var reactor = new AppReactor();
        var failed = new ValueTask<int>(Task.FromException<int>(new InvalidDataException("of the task")));
        Assert.Equal("of the task", Assert.Throws<InvalidDataException>(() => reactor.Run(failed)).Message);
        Assert.Equal(2, reactor.Run(new ValueTask<int>(2)));
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void A_pooled_source_costs_no_allocation(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var source = new Pooled();
        var sum = 0;
        for (var i = 0; i < 100; i++)
        {
            sum += reactor.Run(source.Begin(reactor));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += reactor.Run(source.Begin(reactor));
        }

        // The queue of the inbox takes a new segment now and then.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024);
        Assert.Equal(1100, sum);
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.Adaptive)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void A_pooled_source_that_a_foreign_thread_completes_is_reused_after_that_thread_has_left_it(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var source = new Pooled();
        var begun = 0;
        var over = false;
        Exception? thrown = null;
        var other = new Thread(() =>
        {
            try
            {
                for (var i = 1; !Volatile.Read(ref over); i++)
                {
                    SpinWait.SpinUntil(() => Volatile.Read(ref begun) >= i || Volatile.Read(ref over));
                    Thread.SpinWait(i % 64);
                    source.Execute();
                }
            }
            catch (Exception e)
            {
                // Nobody completes the task any more.
                thrown = e;
                reactor.World.Executor.Post(new Reactors.Item(() => throw new InvalidOperationException("", e)));
            }
        })
        {
            IsBackground = true,
        };
        other.Start();
        var end = Environment.TickCount64 + 500;
        for (var i = 1; i <= Rounds && Environment.TickCount64 < end && thrown is null; i++)
        {
            var task = source.Task;
            Volatile.Write(ref begun, i);
            Assert.Equal(1, reactor.Run(task));
        }

        Volatile.Write(ref over, true);
        Assert.True(other.Join(Pair.Patience));
        Assert.Null(thrown);
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void A_run_that_a_work_item_ended_can_be_repeated(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var source = new Pooled();
        for (var i = 0; i < 3; i++)
        {
            var task = source.Task;
            reactor.World.Executor.Post(new Reactors.Item(static () => throw new InvalidDataException("item")));
            Assert.Throws<InvalidDataException>(() => reactor.Run(task));
            reactor.World.Executor.Post(source);
            Assert.Equal(1, reactor.Run(task));
            Assert.Equal(1, reactor.Run(source.Begin(reactor)));
        }
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.Adaptive)]
    public void A_result_is_taken_after_the_source_has_told_and_not_when_it_says_that_it_is_complete(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var source = new Hesitant();
        var other = new Thread(() =>
        {
            SpinWait.SpinUntil(() => source.IsAwaited, Pair.Patience);
            source.IsComplete = true;
            using var turned = new CountdownEvent(3);
            for (var turns = 3; turns > 0; turns--)
            {
                reactor.World.Executor.Post(new Reactors.Item(() => turned.Signal()));
                SpinWait.SpinUntil(() => turned.CurrentCount < turns, Pair.Patience);
            }

            source.Tell();
        });
        other.Start();
        reactor.Run(new ValueTask(source, 0));
        Assert.True(other.Join(Pair.Patience));
        Assert.True(source.TakenAfterTold);
    }

    [Fact]
    public void A_task_that_somebody_else_awaits_is_refused_also_after_a_run_that_was_ended()
    {
        using var reactor = new AppReactor();
        var left = new Pooled();
        reactor.World.Executor.Post(new Reactors.Item(static () => throw new InvalidDataException("item")));
        Assert.Throws<InvalidDataException>(() => reactor.Run(left.Task));
        var source = new Pooled();
        var told = 0;
        source.Task.GetAwaiter().UnsafeOnCompleted(() => told++);

        // Only for a run that waits although nobody is going to tell it.
        using var over = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            if (!over.Wait(Pair.Patience))
            {
                reactor.World.Executor.Post(new Reactors.Item(static () => throw new TimeoutException()));
            }
        });
        watch.Start();
        Assert.Throws<InvalidOperationException>(() => reactor.Run(source.Task));
        over.Set();
        watch.Join();
        reactor.World.Executor.Post(left);
        Assert.Equal(1, reactor.Run(left.Task));
        Assert.Equal(0, told);
    }

    // When the reactor has found out that there is nothing to run: it sleeps, or goes on looking.
    private static Thread CompleteLater(AppReactor reactor, Action complete)
    {
        var before = reactor.Counters;
        var thread = new Thread(() =>
        {
            SpinWait.SpinUntil(
                () => reactor.Counters.Waits > before.Waits || reactor.Counters.Looks > before.Looks + 1000,
                Pair.Patience);
            complete();
        });
        thread.Start();
        return thread;
    }

    // Says that it is complete a while before it has done with its continuation.
    private sealed class Hesitant : IValueTaskSource
    {
        private Action? _continuation;
        private volatile bool _told;

        public bool IsAwaited => Volatile.Read(ref _continuation) is not null;

        public bool IsComplete { get; set; }

        public bool TakenAfterTold { get; private set; }

        public void Tell()
        {
            _told = true;
            _continuation!();
        }

        public void GetResult(short token) => TakenAfterTold = _told;

        public ValueTaskSourceStatus GetStatus(short token) =>
            IsComplete ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            Volatile.Write(ref _continuation, () => continuation(state));
    }

    // Complete when the reactor has run its item.
    private sealed class Pooled : IValueTaskSource<int>, IThreadPoolWorkItem
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public ValueTask<int> Task => new(this, _core.Version);

        public ValueTask<int> Begin(AppReactor reactor)
        {
            reactor.World.Executor.Post(this);
            return Task;
        }

        public void Execute() => _core.SetResult(1);

        public int GetResult(short token)
        {
            var result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
