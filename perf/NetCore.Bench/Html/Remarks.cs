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
            + $"<th scope=\"col\">contestant</th><th scope=\"col\">rounds</th><th scope=\"col\">reason</th>"
            + $"</tr></thead><tbody>");
        foreach (var same in rows.GroupBy(static row => (row.Cell.Scenario, row.Cell.Contestant, row.Words)))
        {
            var rounds = string.Join(", ", same.Select(static row => row.Cell.Round).Order());
            page.Add($"<tr><td>{same.Key.Scenario}</td><td>{same.Key.Contestant}</td><td>{rounds}</td>"
                + $"<td>{same.Key.Words}</td></tr>");
        }

        page.Add($"</tbody></table></div>");
    }
}
