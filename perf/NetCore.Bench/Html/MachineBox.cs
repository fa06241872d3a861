namespace NetCore.Bench.Html;

/// <summary>Where and with what it was measured.</summary>
internal static class MachineBox
{
    public static Markup Of(ReportFile report)
    {
        var machine = report.Machine;
        var page = new HtmlBuilder();
        page.Add($"<dl class=\"machine\">");
        Add(page, "Processor", $"{machine.Cpu}, {machine.Cores} cores");
        Add(page, "System", machine.System);
        Add(page, "Runtime", $"{machine.Runtime}, {machine.Build} build, {machine.Collector} GC");
        Add(page, "Pinning", machine is { ServerCore: { } server, ClientCore: { } client }
            ? $"server on core {server}, client on core {client}; each runtime counts {machine.Processors}"
            : "none");
        Add(page, "Cores kept awake", (machine.KeptAwake.Length == 0 ? "unknown" : machine.KeptAwake)
            + (machine.KeptAwakeReason.Length == 0 ? "" : $": {machine.KeptAwakeReason}"));
        Add(page, "Delay before the last JIT tiers", machine.TierDelay.Length == 0 ? "default" : machine.TierDelay);
        Add(page, "Thread pool spin", machine.PoolSpin.Length == 0 ? "unknown" : machine.PoolSpin);
        Add(page, "Measured", $"{machine.Rounds} rounds of {Units.Digits(machine.MeasuredSeconds)} s a cell");
        Add(page, "Sources", $"{(report.Commit.Length == 0 ? "commit unknown" : report.Commit)}"
            + (report.Dirty ? ", with changes that are in no commit" : ""));
        if (machine.Arguments.Length > 0)
        {
            Add(page, "Command", machine.Arguments);
        }

        page.Add($"</dl>");
        if (machine.CutShort is { } reason)
        {
            page.Add($"<p class=\"warning\">The run is not complete: {reason}.</p>");
        }

        if (report.Dirty)
        {
            page.Add($"<p class=\"warning\">The working tree was dirty: nobody else can build what was measured.</p>");
        }

        if (machine.Build.Contains("debug", StringComparison.OrdinalIgnoreCase))
        {
            page.Add($"<p class=\"warning\">This was a debug build: its figures mean nothing.</p>");
        }

        return page.ToMarkup();
    }

    private static void Add(HtmlBuilder page, string name, string value) =>
        page.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
}
