using System.Text;

namespace NetCore.Bench;

/// <summary><c>list</c>: scenarios and contestants, and what cannot run here for which reason.</summary>
internal static class ListCommand
{
    public static int Execute(string[] arguments)
    {
        if (arguments is [var unknown, ..])
        {
            throw CommandLine.Unknown(unknown);
        }

        var text = new StringBuilder();
        text.AppendLine("Contestants:");
        var width = Roster.All.Max(static one => one.Name.Length);
        foreach (var contestant in Roster.All)
        {
            text.AppendWrapped($"  {contestant.Name.PadRight(width)} ", contestant.Description);
        }

        text.AppendLine().AppendLine("Scenarios; each again over Unix domain sockets, with '.unix' behind its name:");
        foreach (var scenario in Scenarios.All.Where(static one => !one.Unix))
        {
            Add(text, scenario);
        }

        if (Scenarios.All.FirstOrDefault(static one => one.Unix) is { } unix && Scenarios.WhyNotHere(unix) is { } why)
        {
            text.AppendWrapped("  ", $"*.unix cannot run here: {why}");
        }

        Console.Write(text);
        return ExitCode.Success;
    }

    private static void Add(StringBuilder text, Scenario scenario)
    {
        text.AppendWrapped($"  {scenario.Name,-18} ", scenario.Description);
        var below = $"  {"",-18}   ";
        if (Scenarios.WhyNotHere(scenario) is { } here)
        {
            text.AppendWrapped(below, $"cannot run here: {here}");
            return;
        }

        var present = Roster.All.Where(one => one.WhyNot(scenario) is null).ToList();
        var leftOut = Roster.All.GroupBy(one => one.WhyNot(scenario))
            .Where(static one => one.Key is not (null or Contestant.Polls or Contestant.DoesNotPoll)).ToList();
        if (leftOut.Sum(static one => one.Count()) > present.Count)
        {
            text.AppendWrapped(below, $"only {Names(present)}");
            text.AppendWrapped(below, $"without others: {string.Join("; ", leftOut.Select(static one => one.Key))}");
            return;
        }

        // Who polls is one half of the names everywhere: said in two words instead.
        text.AppendWrapped(below, scenario.Wait == WaitMode.Spin
            ? $"only those that poll: {Names(Roster.All.Where(static one => one.Wait == WaitMode.Spin))}"
            : "without those that poll");
        foreach (var reason in leftOut)
        {
            text.AppendWrapped(below, $"without {Names(reason)}: {reason.Key}");
        }
    }

    private static string Names(IEnumerable<Contestant> contestants) =>
        string.Join(", ", contestants.Select(static one => one.Name));
}
