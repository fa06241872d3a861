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
                thrown = e;
            }
        });
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
