using NetCore.Core;

namespace NetCore.Transport.Tests.Explored;

/// <summary>The inbox of a reactor in every order of its steps that has few preemptions.</summary>
/// <remarks>A thread in the middle of a post or of falling asleep, for which a torture may wait for days.</remarks>
public sealed class InboxScheduleTests
{
    private const int Preemptions = 3;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void No_order_of_posts_and_falling_asleep_loses_a_wake_up_or_takes_one_too_many(int posters, int each)
    {
        var orders = Explorer.Explore(posters == 1 ? Preemptions + 1 : Preemptions, () =>
        {
            var inbox = new ReactorInbox();
            var runs = 0;
            var sleeps = 0;
            var item = new Item(() => runs++);
            void React()
            {
                while (runs < posters * each)
                {
                    if (!inbox.Run() && !inbox.TookNews && inbox.BeginSleep())
                    {
                        sleeps++;
                        Explorer.Current.Kernel.Wait(hasEvent: false);
                        inbox.EndSleep();
                    }

                    inbox.OnLooked();
                }
            }

            return (
                [React, .. Posters(inbox, item, posters, each)],
                () =>
                {
                    Assert.Equal(posters * each, runs);
                    Assert.InRange(inbox.Wakes, 0, sleeps);
                });
        });
        Assert.InRange(orders, 10, int.MaxValue);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void No_order_of_posts_and_the_end_loses_an_item_or_writes_to_a_number_that_is_given_back(
        int posters, int each)
    {
        var orders = Explorer.Explore(Preemptions, () =>
        {
            var runs = 0;
            var inbox = new ReactorInbox { Heir = new Heir() };
            var item = new Item(() => runs++);
            void End()
            {
                // An event wakes it, while a post that found it asleep has not written yet.
                if (inbox.BeginSleep())
                {
                    Explorer.Current.Kernel.Wait(hasEvent: true);
                    inbox.EndSleep();
                }

                inbox.Run();
                Explorer.Yield();
                inbox.Dispose();
            }

            return ([End, .. Posters(inbox, item, posters, each)], () => Assert.Equal(posters * each, runs));
        });
        Assert.InRange(orders, 10, int.MaxValue);
    }

    private static IEnumerable<Action> Posters(ReactorInbox inbox, Item item, int posters, int each) =>
        Enumerable.Repeat(
            () =>
            {
                for (var i = 0; i < each; i++)
                {
                    inbox.Post(item);
                }
            },
            posters);

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }

    private sealed class Heir : IExecutor
    {
        public void Post(IThreadPoolWorkItem item) => item.Execute();
    }
}
