using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Orders of steps that a race of threads hits once in a million.</summary>
public sealed class ReceiveRoleTests
{
    private ReceiveRole _role;

    [Fact]
    public void A_resume_that_comes_just_before_the_wait_is_seen_by_the_runner()
    {
        Assert.True(_role.Start());
        Assert.False(_role.TakeResumed());
        _role.Pause();
        Assert.False(_role.Resume());
        Assert.False(_role.BeginWait());
        Assert.True(_role.TakeResumed());
        Assert.True(_role.BeginWait());
    }

    [Fact]
    public void An_answer_that_comes_just_before_the_wait_is_seen_by_the_runner()
    {
        Assert.True(_role.Start());
        Assert.False(_role.EndWait());
        Assert.False(_role.BeginWait());
        Assert.True(_role.TakeReadable());
        Assert.True(_role.BeginWait());
        Assert.True(_role.EndWait());
    }

    [Fact]
    public void A_resume_takes_over_from_the_wait_and_the_answer_then_wakes_nobody_twice()
    {
        Assert.True(_role.Start());
        Assert.True(_role.BeginWait());
        _role.Pause();
        Assert.True(_role.Resume());
        Assert.False(_role.EndWait());
        Assert.True(_role.TakeReadable());
    }

    [Fact]
    public void A_close_during_the_run_is_ended_by_the_runner_and_after_parking_by_the_closer()
    {
        Assert.True(_role.Start());
        Assert.False(_role.Close());
        Assert.Equal(Leave.Closed, _role.TryPark());

        var parked = new ReceiveRole();
        Assert.True(parked.Start());
        parked.Pause();
        Assert.Equal(Leave.Left, parked.TryPark());
        Assert.True(parked.Close());
        Assert.False(parked.Resume());
    }
}
