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

        Console.WriteLine("Contestants:");
        var width = Roster.All.Max(static one => one.Name.Length);
        foreach (var contestant in Roster.All)
        {
            Console.WriteLine($"  {contestant.Name.PadRight(width)} {contestant.Description}");
        }

        Console.WriteLine();
        Console.WriteLine("Scenarios; each again over Unix domain sockets, with '.unix' behind its name:");
        foreach (var scenario in Scenarios.All.Where(static one => !one.Unix))
        {
            Console.WriteLine($"  {scenario.Name,-18} {scenario.Description}");
            if (Scenarios.WhyNotHere(scenario) is { } here)
            {
                Console.WriteLine($"  {"",-18}   cannot run here: {here}");
                continue;
            }

            foreach (var reason in Roster.All.GroupBy(one => one.WhyNot(scenario)).Where(static one => one.Key != null))
            {
                Console.WriteLine($"  {"",-18}   without {string.Join(", ", reason.Select(static one => one.Name))}: "
                    + reason.Key);
            }
        }

        if (Scenarios.All.FirstOrDefault(static one => one.Unix) is { } unix && Scenarios.WhyNotHere(unix) is { } why)
        {
            Console.WriteLine($"  *.unix cannot run here: {why}");
        }

        return ExitCode.Success;
    }
}
