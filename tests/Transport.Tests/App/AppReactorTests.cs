namespace NetCore.Transport.Tests;

/// <summary>Who may poll a reactor of the application, and what a poll does.</summary>
public sealed class AppReactorTests : IDisposable
{
    private readonly AppReactor _reactor = new();

    public void Dispose() => _reactor.Dispose();

    [Fact]
    public void Nothing_runs_between_two_polls()
    {
        var runs = 0;
        Post(() => runs++);
        Assert.Equal(0, runs);
        Assert.True(_reactor.Poll(TimeSpan.Zero));
        Assert.Equal(1, runs);
        Assert.False(_reactor.Poll(TimeSpan.Zero));
        Assert.Equal(1, runs);
    }

    [Fact]
    public void A_poll_that_finds_nothing_ends_at_its_timeout()
    {
        var start = TimeProvider.System.GetTimestamp();
        Assert.False(_reactor.Poll(TimeSpan.FromMilliseconds(20)));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(20));
        Assert.Throws<ArgumentOutOfRangeException>(() => _reactor.Poll(TimeSpan.FromMilliseconds(-2)));
    }

    [Fact]
    public void It_belongs_to_the_first_thread_that_polls()
    {
        _reactor.Poll(TimeSpan.Zero);
        var here = Environment.CurrentManagedThreadId;
        OnAnotherThread(() =>
        {
            var error = Assert.Throws<InvalidOperationException>(() => _reactor.Poll(TimeSpan.Zero));
            Assert.Contains($"belongs to thread {here}", error.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => _reactor.Run(default));
            Assert.Throws<InvalidOperationException>(() => _reactor.Run(new ValueTask<int>(1)));
            Assert.Throws<InvalidOperationException>(_reactor.Dispose);
            Assert.False(_reactor.World.Executor.IsCurrentThread);
        });
        Assert.True(_reactor.World.Executor.IsCurrentThread);
        Assert.Equal(1, _reactor.World.Executor.Parallelism);
        _reactor.Poll(TimeSpan.Zero);
    }

    [Fact]
    public void A_callback_cannot_poll()
    {
        var errors = new List<Exception?>();
        Post(() =>
        {
            errors.Add(Record.Exception(() => _reactor.Poll(TimeSpan.Zero)));
            errors.Add(Record.Exception(() => _reactor.Run(default)));
            errors.Add(Record.Exception(() => _reactor.Run(new ValueTask<int>(1))));
            errors.Add(Record.Exception(_reactor.Dispose));
        });
        _reactor.Poll(TimeSpan.Zero);
        Assert.Equal(4, errors.Count);
        Assert.All(errors, static error => Assert.IsType<InvalidOperationException>(error));
        Assert.False(_reactor.Poll(TimeSpan.Zero));
    }

    [Fact]
    public void A_post_from_another_thread_ends_the_wait()
    {
        const int rounds = 500;
        var runs = 0;
        var poster = new Thread(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                Post(() => Volatile.Write(ref runs, runs + 1));
                SpinWait.SpinUntil(() => Volatile.Read(ref runs) == i + 1, Pair.Patience);
            }
        });
        poster.Start();
        while (runs < rounds)
        {
            Assert.True(_reactor.Poll(Timeout.InfiniteTimeSpan));
        }

        Assert.True(poster.Join(Pair.Patience));
        Assert.InRange(_reactor.Counters.Wakes, 0, _reactor.Counters.Waits);
    }

    [Fact]
    public void Posts_of_its_own_thread_cost_no_wake_up()
    {
        var runs = 0;
        void Again()
        {
            if (++runs < 1000)
            {
                Post(Again);
            }
        }

        Post(Again);
        while (runs < 1000)
        {
            _reactor.Poll(Timeout.InfiniteTimeSpan);
        }

        Assert.Equal(0, _reactor.Counters.Wakes);
    }

    [Fact]
    public void What_an_item_throws_comes_out_of_the_poll_and_the_others_run_in_the_next()
    {
        var runs = 0;
        Post(() => runs++);
        Post(() => throw new InvalidDataException("of the item"));
        Post(() => runs++);
        Assert.Equal(
            "of the item", Assert.Throws<InvalidDataException>(() => _reactor.Poll(TimeSpan.Zero)).Message);
        Assert.Equal(1, runs);
        Assert.True(_reactor.Poll(TimeSpan.Zero));
        Assert.Equal(2, runs);
    }

    [Fact]
    public void The_world_names_its_transport_to_whoever_asks_for_one()
    {
        var transport = Transports.Create(_reactor.World);
        Assert.Equal("epoll", transport.Backend);
        Assert.Contains("reactor", transport.BackendReason, StringComparison.Ordinal);
        var listener = _reactor.Run(transport.ListenAsync("tcp://127.0.0.1:0", static _ => { }));
        var connection = _reactor.Run(transport.ConnectAsync(listener.Address));
        Assert.Same(_reactor.World.Executor, connection.Executor);
        var sockets = new TransportOptions { Engine = TransportEngine.Sockets };
        Assert.Equal(
            TransportError.EngineNotAvailable,
            Assert.Throws<TransportException>(() => Transports.Create(_reactor.World, sockets)).Error);
    }

    internal static void OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        Assert.True(thread.Join(Pair.Patience));
        Assert.Null(failure);
    }

    private void Post(Action action) => _reactor.World.Executor.Post(new Reactors.Item(action));
}
