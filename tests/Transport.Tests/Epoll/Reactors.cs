using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What tests of a bare reactor need.</summary>
internal static class Reactors
{
    public static ReactorThread Create(WaitPolicy wait = WaitPolicy.Blocking, bool onRing = false)
    {
        var settings = new UringSettings { Ring = new RingOptions { StartDisabled = true } };
        return new ReactorThread("test reactor", onRing
            ? new Reactor(
                new SystemCalls(), TimeProvider.System, wait,
                (wakeUp, _) => new UringSet(new UringKernel(), settings, wakeUp))
            : new Reactor(new SystemCalls(), TimeProvider.System, wait));
    }

    extension(ReactorThread thread)
    {
        public long Waits => thread.Reactor.Waits;

        public long Wakes => thread.Reactor.Wakes;

        public void Post(IThreadPoolWorkItem item) => thread.Reactor.Post(item);
    }

    /// <summary>Runs an action there and waits for its end.</summary>
    public static Task Run(this ReactorThread reactor, Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactor.Post(new Item(() =>
        {
            action();
            done.SetResult();
        }));
        return done.Task.WaitAsync(Pair.Patience);
    }

    /// <summary>Runs an action on the reactor of a connection and waits for its end.</summary>
    public static Task RunOnReactor(this Connection connection, Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Executor.Post(new Item(() =>
        {
            action();
            done.SetResult();
        }));
        return done.Task.WaitAsync(Pair.Patience);
    }

    /// <summary>
    /// Waits until neither the requests to send nor the bytes move over turns of the reactor, each of which takes what
    /// has completed.
    /// </summary>
    public static async Task StandsStill(this Peer server, Func<long> sends)
    {
        var last = (-1L, -1L);
        for (var same = 0; same < 10;)
        {
            var now = (0L, 0L);
            await server.Connection.RunOnReactor(() => now = (sends(), server.Connection.Statistics.BytesSent));
            same = now == last ? same + 1 : 0;
            last = now;
        }
    }

    public sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }

    /// <summary>A counter of the kernel, watched by a reactor.</summary>
    public sealed class Signal : IEpollHandler
    {
        private readonly Reactor _reactor;
        private readonly Action _onEvent;
        private readonly int _descriptor;
        private ulong _id;

        public Signal(ReactorThread reactor, Action onEvent)
        {
            _reactor = reactor.Reactor;
            _onEvent = onEvent;
            _descriptor = NativeErrors.Check(Epoll.CreateWakeUp(), "eventfd");
        }

        public void Add()
        {
            var added = _reactor.Events<EpollSet>()
                .TryAdd(_descriptor, EpollFlags.In | EpollFlags.EdgeTriggered, this, out _id);
            Assert.True(added.IsOk);
        }

        public void Remove()
        {
            _reactor.Events<EpollSet>().Remove(_descriptor, _id);
            Sockets.Close(_descriptor);
        }

        public void Raise() => Epoll.Wake(_descriptor);

        public bool OnEvents(EpollFlags events)
        {
            _onEvent();
            return true;
        }

        public void OnReactorEnds()
        {
        }
    }
}
