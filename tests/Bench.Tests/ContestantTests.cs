using NetCore.Core;

namespace NetCore.Bench.Tests;

/// <summary>Every contestant does its work, in this process and for a moment.</summary>
public class ContestantTests
{
    // A cell takes milliseconds; the rest is for a machine that is busy with other things. They are counted one by one,
    // so that a process that was stopped for a while has lost no more than one.
    private const int PatienceSeconds = 30;

    // A fault that stops many cells must not take the time of all the other tests.
    private const int MostStuck = 2;

    private static int _stuck;

    public static TheoryData<string, string> Cells()
    {
        var data = new TheoryData<string, string>();
        foreach (var contestant in Roster.All)
        {
            foreach (var scenario in Scenarios.All.Where(one =>
                contestant.WhyNot(one) is null && one.Name is not ("idle-9500" or "idle-9500.unix")))
            {
                data.Add(contestant.Name, scenario.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task It_answers_every_scenario_that_it_does_not_refuse(string name, string scenarioName)
    {
        Assert.True(_stuck < MostStuck, $"{name} in {scenarioName} was not tried: {_stuck} cells before it are stuck.");

        // A thread of its own, as the client has in a run: it blocks while others answer.
        var work = Task.Factory.StartNew(
            () => RunAsync(name, scenarioName).GetAwaiter().GetResult(),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var second = 0; second < PatienceSeconds && !work.IsCompleted; second++)
        {
            // Not for time to pass: the condition is looked at each second until the deadline of a cell that hangs.
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        if (!work.IsCompleted)
        {
            _stuck++;
            Assert.Fail($"{name} in {scenarioName} did not end within {PatienceSeconds} s.");
        }

        await work;
    }

    private static async Task RunAsync(string name, string scenarioName)
    {
        var contestant = Roster.Get(name);
        var scenario = Scenarios.All.First(one => one.Name == scenarioName);
        scenario = scenario with { Connections = Math.Min(scenario.Connections, 8) };
        var path = Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.sock");
        var asked = new Uri(scenario.Unix ? $"unix://{path}" : "tcp://127.0.0.1:0");
        await using var server = await contestant.ListenAsync(
            asked, scenario.Traffic == Traffic.Bulk ? Service.Sink : Service.Echo);
        var window = TimeSpan.FromMilliseconds(5);
        using (var cell = new CellClient(contestant, new CellRequest
        {
            Scenario = scenario,
            Address = server.Address,
            WarmUp = new WarmUpPlan(TimeSpan.Zero, window * 3, window),
            Measure = window,
            Peak = scenario.Traffic == Traffic.Echo ? 1000 : 0,
        }))
        {
            cell.WarmUp();
            var load = cell.Measure();
            while (load.Operations == 0)
            {
                // The moment was over before the first caller got its turn.
                load = cell.Measure();
            }

            Assert.True(load.Bytes > 0);
            Assert.Equal(scenario.IsTimed, load.Curve.Count > 0);
            Assert.Equal(load.Curve.OrderBy(static point => point.Percentile), load.Curve);
            Assert.Equal(load.Curve.OrderBy(static point => point.Us).Select(static point => point.Us),
                load.Curve.Select(static point => point.Us));
        }

        File.Delete(path);
    }
}
