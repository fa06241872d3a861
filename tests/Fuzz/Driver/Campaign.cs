using System.Diagnostics;

namespace NetCore.Fuzz.Driver;

/// <summary>Runs workers on all cores for a time, gathers what they find and prints what they did.</summary>
internal sealed class Campaign(CampaignOptions options, TextWriter output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(30);

    // 20 million in four minutes on two cores; fewer are no failure, since they say something about the machine.
    private const int AimedAtPerMinute = 5_000_000;

    private readonly List<Finding> _findings = [];
    private long _start;

    /// <summary>Runs it.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="UsageException">The folder cannot be had.</exception>
    public IReadOnlyList<Finding> Run()
    {
        using var claim = new FolderClaim(options.Folder);
        output.WriteLine($"{options.Targets.Length} targets, {options.Workers} workers, "
            + $"{options.Time.TotalSeconds:F0} s, seed {options.Seed}");
        _start = Stopwatch.GetTimestamp();
        var slots = Enumerable.Range(0, options.Workers).Select(index => new WorkerSlot(options, index)).ToList();
        try
        {
            Watch(slots);
            Print(slots);
        }
        finally
        {
            slots.ForEach(slot => slot.Dispose());
        }

        return _findings;
    }

    private void Watch(List<WorkerSlot> slots)
    {
        slots.ForEach(slot => slot.Start(options.Time));
        var running = slots.ToList();
        for (var reported = Report; running.Count > 0;)
        {
            foreach (var slot in running.ToList())
            {
                if (slot.Wait(Look, out var finding))
                {
                    Take(finding);
                    if (!Restart(slot))
                    {
                        running.Remove(slot);
                    }
                }
            }

            if (Stopwatch.GetElapsedTime(_start) > reported)
            {
                reported += Report;
                output.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:F0} s"
                    + $"{slots.Sum(slot => slot.Executions),15:N0} executions, {_findings.Count} findings");
            }
        }
    }

    private bool Restart(WorkerSlot slot)
    {
        var left = options.Time - Stopwatch.GetElapsedTime(_start);
        if (left < TimeSpan.FromSeconds(1) || _findings.Count >= options.MostFindings)
        {
            return false;
        }

        slot.Start(left);
        return true;
    }

    private void Take(Finding? finding)
    {
        if (finding is null)
        {
            return;
        }

        _findings.Add(finding);
        var path = finding.Save(Path.Combine(options.Folder, "findings"));
        output.WriteLine($"FOUND by {finding.Target.Name}: {finding.FirstLine}");
        output.WriteLine($"  {path}{(finding.Repeats ? "" : ", which does not repeat when it is run alone")}");
        if (finding.Packed is { } packed)
        {
            output.WriteLine($"  echo {packed} | base64 -d | gunzip > {Path.GetFileName(path)}");
        }
    }

    private void Print(List<WorkerSlot> slots)
    {
        for (var i = 0; i < options.Targets.Length; i++)
        {
            output.WriteLine($"  {options.Targets[i].Name,-15}{slots.Sum(slot => slot.ExecutionsOf(i)),15:N0}");
        }

        output.WriteLine($"{slots.Sum(slot => slot.Executions):N0} executions in "
            + $"{Stopwatch.GetElapsedTime(_start).TotalSeconds:F0} s, {_findings.Count} findings; "
            + $"{options.Time.TotalMinutes * AimedAtPerMinute:N0} executions were aimed at");
    }
}
