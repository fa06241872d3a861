using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The steps of falling asleep and being woken, one after the other.</summary>
public sealed class ReactorInboxTests : IDisposable
{
    private readonly ReactorInbox _inbox = new();
    private readonly Reactors.Item _item = new(static () => { });

    public void Dispose() => _inbox.Dispose();

    [Fact]
    public void Who_has_an_item_does_not_fall_asleep()
    {
        _inbox.Post(_item);
        Assert.False(_inbox.BeginSleep());
        Assert.True(_inbox.Run());
        Assert.True(_inbox.BeginSleep());
        Assert.Equal(0, _inbox.Wakes);
    }

    [Fact]
    public void A_sleeper_is_woken_once_for_any_number_of_items()
    {
        Assert.True(_inbox.BeginSleep());
        _inbox.Post(_item);
        _inbox.Post(_item);
        Assert.Equal(1, _inbox.Wakes);
    }

    [Fact]
    public void What_comes_with_the_end_or_after_it_is_run_by_the_heir_once()
    {
        var runs = 0;
        var item = new Reactors.Item(() => runs++);
        var heir = new SteppingExecutor();
        using var inbox = new ReactorInbox { Heir = heir };
        inbox.Post(item);
        inbox.Dispose();
        inbox.Post(item);
        heir.RunAll();
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Nothing_is_written_for_a_sleeper_that_has_ended()
    {
        var inbox = new ReactorInbox();
        Assert.True(inbox.BeginSleep());
        inbox.Dispose();
        inbox.Post(_item);
        Assert.Equal(0, inbox.Wakes);
    }

    [Fact]
    public void Nobody_is_woken_who_is_awake_again()
    {
        Assert.True(_inbox.BeginSleep());
        _inbox.EndSleep();
        _inbox.Post(_item);
        Assert.Equal(0, _inbox.Wakes);
    }
}
