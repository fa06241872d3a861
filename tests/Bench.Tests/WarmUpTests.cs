using Microsoft.Extensions.Time.Testing;

namespace NetCore.Bench.Tests;

public class WarmUpTests
{
    [Theory]
    [InlineData(new double[] { 100, 100 }, false)]
    [InlineData(new double[] { 10, 100, 101, 102 }, true)]
    [InlineData(new double[] { 100, 100, 104 }, false)]
    [InlineData(new double[] { 100, 100, 100, 200 }, false)]
    [InlineData(new double[] { 0, 0, 0 }, false)]
    public void A_contestant_is_warm_when_three_windows_in_a_row_differ_by_less_than_3_percent(
        double[] rates, bool steady)
    {
        var windows = new RateWindows();
        foreach (var rate in rates)
        {
            Fill(windows, rate, RateWindows.SlotsPerWindow);
        }

        Assert.Equal(steady, windows.IsSteady);
    }

    [Fact]
    public void A_window_slides_by_a_fifth_of_its_length()
    {
        var windows = new RateWindows();
        Fill(windows, 50, 2);
        Fill(windows, 100, RateWindows.Deciding * RateWindows.SlotsPerWindow - 1);
        Assert.False(windows.IsSteady);
        Fill(windows, 100, 1);
        Assert.True(windows.IsSteady);
        Assert.Equal(100, windows.Rate);
    }

    [Fact]
    public void A_steady_rate_ends_the_warm_up_and_one_that_is_not_goes_on_to_its_end()
    {
        var plan = new WarmUpPlan(TimeSpan.Zero, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(5));
        var time = new FakeTimeProvider();
        using var steady = new RateDriver(time, 100);
        Assert.True(WarmUp.Run(steady, plan, time).Steady);
        Assert.Equal(RateWindows.Deciding * RateWindows.SlotsPerWindow, steady.Stretches);
        using var restless = new RateDriver(time, 100, 100, 100, 100, 100, 200, 200, 200, 200, 200);
        var result = WarmUp.Run(restless, plan, time);
        Assert.False(result.Steady);
        Assert.True(result.Spread >= 0.03);
        Assert.True(restless.Stretches > steady.Stretches);
    }

    [Fact]
    public void A_quick_run_fits_into_four_minutes()
    {
        var time = new FakeTimeProvider();
        var schedule = new QuickSchedule(
            time, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.8), pairs: 24, cells: 60);
        var cells = 0;
        for (var pair = 0; pair < 24; pair++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            for (var cell = 0; cell < (pair < 12 ? 3 : 2) && schedule.Next(cell == 0) is { } plan; cell++, cells++)
            {
                Assert.InRange(plan.Least, WarmUpPlan.DefaultWindow * 3, TimeSpan.FromSeconds(4));
                Assert.InRange(plan.Most, plan.Least, TimeSpan.FromSeconds(8));
                time.Advance(plan.Most + TimeSpan.FromSeconds(0.9));
            }
        }

        Assert.Equal(60, cells);
        Assert.True(time.GetUtcNow() - time.Start < TimeSpan.FromMinutes(4));
    }

    [Fact]
    public void A_quick_run_on_a_machine_that_is_too_slow_ends_early()
    {
        var time = new FakeTimeProvider();
        var schedule = new QuickSchedule(
            time, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.8), pairs: 24, cells: 60);
        while (schedule.Next(firstOfPair: true) is { } plan)
        {
            time.Advance(plan.Most + TimeSpan.FromSeconds(10));
        }

        Assert.True(time.GetUtcNow() - time.Start < TimeSpan.FromMinutes(4.2));
    }

    [Fact]
    public void What_a_steady_contestant_leaves_of_a_quick_run_is_there_for_a_restless_one()
    {
        var time = new FakeTimeProvider();
        var schedule = new QuickSchedule(
            time, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.8), pairs: 27, cells: 63);
        var first = schedule.Next(firstOfPair: true)!;
        for (var cell = 0; cell < 30; cell++)
        {
            time.Advance(schedule.Next(firstOfPair: false)!.Least + TimeSpan.FromSeconds(0.9));
        }

        Assert.True(schedule.Next(firstOfPair: true)!.Most > first.Most);
    }

    [Fact]
    public void A_warm_up_goes_on_until_there_are_three_windows()
    {
        // Slots that take twice the time that they were asked for.
        var plan = new WarmUpPlan(TimeSpan.Zero, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(20));
        var time = new FakeTimeProvider();
        using var slow = new RateDriver(time, 100) { Pace = 1.9 };
        Assert.True(WarmUp.Run(slow, plan, time).Steady);
    }

    [Fact]
    public void A_cell_that_was_not_started_says_by_how_much_its_rate_moved()
    {
        var cell = CellReport.NotWarm(
            1, Scenarios.All[0], Roster.Get("floor"), new WarmUpResult(12.04, 100, 0.171, false));
        Assert.Equal(
            "not warm: after 12.0 s the last three windows of its rate still differed by 17.1 %", cell.Discarded);
        Assert.Equal(12.04, cell.WarmUpSeconds);
    }

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "64")] // 100, in the base that the runtime reads.
    public void The_delay_before_the_last_tiers_is_off_unless_asked_for(bool delay, string? value)
    {
        var settings = new PairSettings(Cores.Choose(), 1, PoolSpin: true, TierDelay: delay);
        var variables = settings.Environment(new Dictionary<string, string>());
        Assert.Equal(value, variables.GetValueOrDefault("DOTNET_TC_CallCountingDelayMs"));
    }

    private static void Fill(RateWindows windows, double rate, int slots)
    {
        for (var i = 0; i < slots; i++)
        {
            windows.Add(new StretchResult((long)rate, 0, 1));
        }
    }

    /// <summary>Takes as long as it is asked to, and reports one rate after the other, over and over.</summary>
    private sealed class RateDriver(FakeTimeProvider time, params double[] rates) : ILoadDriver
    {
        public int Stretches { get; private set; }

        public double Pace { get; init; } = 1;

        public void Connect(Uri address, LoadShape shape)
        {
        }

        public StretchResult Run(Stretch stretch)
        {
            time.Advance(stretch.Duration * Pace);
            return new StretchResult((long)rates[Stretches++ % rates.Length], 0, 1);
        }

        public void Dispose()
        {
        }
    }
}
