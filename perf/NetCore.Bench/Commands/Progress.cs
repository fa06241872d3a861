using System.Globalization;

namespace NetCore.Bench;

/// <summary>One line for each cell as soon as it is there.</summary>
/// <param name="cells">How many are planned.</param>
/// <param name="nameWidth">Characters of the longest name of a contestant.</param>
internal sealed class Progress(int cells, int nameWidth)
{
    private int _done;

    public void Print(ReportCell cell)
    {
        if (cell.Discarded?.StartsWith(CellReport.RepeatedPrefix, StringComparison.Ordinal) != true)
        {
            _done++;
        }

        Console.WriteLine(Line(cell));
    }

    private string Line(ReportCell cell)
    {
        var start = $"[{_done,3}/{cells}] round {cell.Round} "
            + $"{cell.Contestant.PadRight(nameWidth)} {cell.Scenario,-18}";
        if (cell is { Discarded: { } failure, OpsPerSecond: 0 })
        {
            return $"{start} {failure}";
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{start} {cell.OpsPerSecond,11:N0} ops/s");
        text += cell.ServerBytesPerConnection is { } memory
            ? string.Create(CultureInfo.InvariantCulture, $", {memory:N0} B/connection, managed ")
                + string.Create(CultureInfo.InvariantCulture, $"{cell.ServerManagedBytesPerConnection ?? 0:N0} + ")
                + string.Create(CultureInfo.InvariantCulture, $"{cell.ClientManagedBytesPerConnection ?? 0:N0}")
            : cell.Curve.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $", {cell.GbPerSecond:0.00} GB/s")
                : string.Create(CultureInfo.InvariantCulture, $", p50 {cell.P50Us:N1} us, p99 {cell.P99Us:N1} us");
        text += string.Create(
            CultureInfo.InvariantCulture,
            $", CPU {cell.ClientCpuUsPerOp:N2} + {cell.ServerCpuUsPerOp:N2} us/op, "
            + $"{cell.ClientAllocatedBytesPerOp:N0} + {cell.ServerAllocatedBytesPerOp:N0} B/op, "
            + $"warm after {cell.WarmUpSeconds:0.0} s");
        var marks = cell.Discarded is { } reason ? $" DISCARDED: {reason}"
            : cell.Labels.Count > 0 ? $" ({string.Join("; ", cell.Labels)})" : "";
        return text + marks;
    }
}
