namespace NetCore.Bench.Html;

/// <summary>What does not count and why, and what to know about what does.</summary>
internal static class Remarks
{
    public static Markup Of(ReportFile report)
    {
        var page = new HtmlBuilder();
        var discarded = report.Cells.Where(static cell => cell.Discarded is not null).ToList();
        page.Add($"<section id=\"discarded\"><h2>Discarded cells</h2>");
        if (discarded.Count == 0)
        {
            page.Add($"<p>None: all {report.Cells.Count} cells count.</p>");
        }
        else
        {
            page.Add($"<p>{discarded.Count} of {report.Cells.Count} cells are in no chart and in no ratio.</p>");
            Table(page, discarded.Select(static cell => (cell, cell.Discarded!)));
        }

        var labelled = report.Cells.Where(static cell => cell.Discarded is null && cell.Labels.Count > 0)
            .Select(static cell => (cell, string.Join("; ", cell.Labels))).ToList();
        if (labelled.Count > 0)
        {
            page.Add($"<h3>Cells that count, but with a remark</h3>");
            Table(page, labelled);
        }

        return page.Add($"</section>").ToMarkup();
    }

    private static void Table(HtmlBuilder page, IEnumerable<(ReportCell Cell, string Words)> rows)
    {
        page.Add($"<div class=\"scroll\" tabindex=\"0\"><table class=\"words\"><thead><tr>"
            + $"<th scope=\"col\">scenario</th>"
            + $"<th scope=\"col\">contestant</th><th scope=\"col\">round</th><th scope=\"col\">reason</th>"
            + $"</tr></thead><tbody>");
        foreach (var (cell, words) in rows)
        {
            page.Add($"<tr><td>{cell.Scenario}</td><td>{cell.Contestant}</td><td>{cell.Round}</td>"
                + $"<td>{words}</td></tr>");
        }

        page.Add($"</tbody></table></div>");
    }
}
