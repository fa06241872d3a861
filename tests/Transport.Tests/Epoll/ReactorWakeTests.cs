using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>A wake-up without an item is for whoever drives the reactor, who looks between two turns.</summary>
public sealed class ReactorWakeTests
{
    [Fact]
    public void A_wake_up_just_before_a_turn_ends_that_turn()
    {
        var reactor = new Reactor(new SystemCalls(), TimeProvider.System, WaitPolicy.Blocking);
        var driver = new Thread(() =>
        {
            reactor.TryBind(Thread.CurrentThread);
            reactor.Wake();
            reactor.Turn(Timeout.Infinite);
        });
        driver.Start();
        var ended = driver.Join(Pair.Patience);
        reactor.Post(new Reactors.Item(static () => { }));
        Assert.True(driver.Join(Pair.Patience));
        reactor.Dispose();
        Assert.True(ended, "The turn slept although it had taken the wake-up.");
    }
}
