namespace NetCore.Bench.Html;

/// <summary>How it was measured, and how to read it.</summary>
internal static class Method
{
    public static Markup Of(ReportFile report)
    {
        var warmUps = Spread.Of(report.Cells.Where(static cell => cell.WarmUpSeconds > 0)
            .Select(static cell => cell.WarmUpSeconds));
        var page = new HtmlBuilder();
        page.Add($"<section id=\"method\"><h2>Method</h2><ul>");
        page.Add($"<li>Client and server are processes of their own; contestants take turns inside each of the "
            + $"{report.Machine.Rounds} rounds, so that a slow minute of the machine hits all of them.</li>");
        page.Add($"<li>A ratio is taken inside a round, against what the other did in the same minute. Given are the "
            + $"median over the rounds and the range; a range that holds 1.00 is no difference seen.</li>");
        page.Add($"<li>The floor is raw system calls without any SDK: what this machine can do at most. A call is "
            + $"compared with the framed floor, which reads a header and copies the payload, since an echo that looks "
            + $"at nothing answers many messages with one send.</li>");
        page.Add($"<li>All echo and bulk cells share one load generator, the floor's client. It checks every byte that "
            + $"comes back. Calls bring their own client.</li>");
        page.Add($"<li>A cell starts only when its rate has settled: the last three windows of half a second differ by "
            + $"less than 3 %. Warm-up took {Units.Digits(warmUps.Median)} s in the median, "
            + $"{Units.Digits(warmUps.Min)} to {Units.Digits(warmUps.Max)} s.</li>");
        page.Add($"<li>A throughput cell is discarded when the load generator was its limit (server under 85 % busy, "
            + $"client over 95 %), or when other programs or the hypervisor took more than 10 % of a core.</li>");
        page.Add($"<li>Open loop: requests are due at fixed times whether the server keeps up or not, and each one's "
            + $"time counts from when it was due. A server that stands still is charged for all that came "
            + $"meanwhile.</li>");
        page.Add($"<li>Latency comes from a histogram that is exact to 1 %. CPU time and bytes are of each whole "
            + $"process, divided by the operations.</li>");
        return page.Add($"</ul></section>").ToMarkup();
    }
}
