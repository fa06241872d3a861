using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The place of a handler that has gone is the next one's: events of the old one find nobody.</summary>
public sealed class ReactorSlotsTests
{
    [Fact]
    public void The_number_of_a_handler_that_has_gone_finds_nobody_though_its_slot_is_taken_again()
    {
        var slots = new ReactorSlots<IEpollHandler>();
        var handler = new Silent();
        var numbers = new HashSet<ulong>();
        for (var i = 0; i < 1000; i++)
        {
            var id = slots.Add(handler);
            Assert.True(numbers.Add(id), "A number was given twice.");
            Assert.Same(handler, slots.Find(id));
            slots.Remove(id);
        }

        slots.Add(handler);
        Assert.Equal(1, slots.Count);
        Assert.All(numbers, id => Assert.Null(slots.Find(id)));
    }

    [Fact]
    public async Task An_event_of_a_descriptor_that_was_given_back_in_the_same_batch_reaches_nobody()
    {
        using var reactor = Reactors.Create();
        var heard = 0;
        Reactors.Signal[] both = [null!, null!];
        Reactors.Signal? third = null;
        for (var i = 0; i < 2; i++)
        {
            var other = 1 - i;
            both[i] = new Reactors.Signal(reactor, () =>
            {
                // The third has the number of the other's descriptor and its slot; its event stands behind this one.
                heard++;
                both[other].Remove();
                third = new Reactors.Signal(reactor, () => heard += 100);
                third.Add();
            });
        }

        await reactor.Run(() =>
        {
            both[0].Add();
            both[1].Add();
            both[0].Raise();
            both[1].Raise();
        });
        await Pair.Until(() => Volatile.Read(ref heard) > 0, "one of them is heard");
        await reactor.Run(static () => { });
        Assert.Equal(1, heard);
    }

    private sealed class Silent : IEpollHandler
    {
        public bool OnEvents(EpollFlags events) => false;

        public void OnReactorEnds()
        {
        }
    }
}
