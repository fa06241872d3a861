using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The end of a reactor: the number of its wake-up is somebody else's file soon after.</summary>
public sealed class ReactorStopTests
{
    [Fact]
    public void Posts_that_race_with_the_stop_write_to_no_strangers_file()
    {
        const int rounds = 300;
        const int posters = 2;
        const int postsEach = 20;
        var stop = false;
        var strangers = 0;
        var churn = new Thread(() =>
        {
            var calls = new SystemCalls();
            using var events = new EpollEvents(1);
            var epoll = NativeErrors.Check(Epoll.Create(), "epoll_create1");
            while (!Volatile.Read(ref stop))
            {
                // Takes the numbers that the reactors give back; a counter that somebody has written to is readable.
                var mine = Enumerable.Range(0, 8).Select(static _ => Epoll.CreateWakeUp().Value).ToArray();
                foreach (var descriptor in mine)
                {
                    Epoll.Control(epoll, EpollOperation.Add, descriptor, EpollFlags.In, 1);
                }

                Thread.Yield();
                strangers += calls.Wait(epoll, events, 0).Value;
                Array.ForEach(mine, static descriptor => Sockets.Close(descriptor));
            }

            Sockets.Close(epoll);
        });
        churn.Start();
        ReactorThread? target = null;
        using var begin = new Barrier(posters + 1);
        var threads = Enumerable.Range(0, posters).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                begin.SignalAndWait();
                for (var i = 0; i < postsEach; i++)
                {
                    target!.Post(new Reactors.Item(static () => { }));
                    Thread.SpinWait(i * 20);
                }
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        for (var round = 0; round < rounds; round++)
        {
            target = Reactors.Create();
            begin.SignalAndWait();
            Thread.SpinWait(round % 100 * 20);
            target.Dispose();
        }

        threads.ForEach(static thread => Assert.True(thread.Join(Pair.Patience)));
        Volatile.Write(ref stop, true);
        Assert.True(churn.Join(Pair.Patience));
        Assert.Equal(0, strangers);
    }

    [Fact]
    public void What_was_posted_before_the_stop_runs_before_it_is_over()
    {
        var runs = 0;
        var reactor = Reactors.Create();
        for (var i = 0; i < 10_000; i++)
        {
            reactor.Post(new Reactors.Item(() => runs++));
        }

        reactor.Dispose();
        Assert.Equal(10_000, runs);
    }
}
