using NetCore.Bench.Contenders;

namespace NetCore.Bench.Tests.Floor;

public class ScheduleTests
{
    [Fact]
    public void Requests_are_due_at_equal_steps_until_the_end_and_not_after()
    {
        var schedule = new Schedule(1000, 1e6, TimeSpan.FromMicroseconds(5));
        var due = new List<long>();
        while (schedule.IsDue(long.MaxValue))
        {
            due.Add(schedule.Take());
        }

        Assert.Equal([1000, 2000, 3000, 4000, 5000], due);
        Assert.True(schedule.IsOver);
    }

    [Fact]
    public void Nothing_is_due_before_its_time()
    {
        var schedule = new Schedule(1000, 1e6, TimeSpan.FromMicroseconds(5));
        Assert.False(schedule.IsDue(999));
        Assert.True(schedule.IsDue(1000));
    }

    [Fact]
    public void A_rate_that_is_no_whole_step_does_not_drift()
    {
        var schedule = new Schedule(0, 3e6, TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 2999; i++)
        {
            schedule.Take();
        }

        Assert.Equal(999_666, schedule.NextDue);
    }
}
