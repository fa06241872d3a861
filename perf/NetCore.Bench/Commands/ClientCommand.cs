namespace NetCore.Bench;

/// <summary>
/// <c>client</c>: the calling half of a pair inside <c>run</c>; measures one cell after the other as it is told.
/// </summary>
internal static class ClientCommand
{
    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var contestant = Roster.Get(line.Text("client"));
        while (line.TryNext(out var name))
        {
            if (name != "--core")
            {
                throw CommandLine.Unknown(name);
            }

            Processors.Pin(line.Whole(name, 0, Processors.MaxCore));
        }

        // The main thread reads by itself: nothing else of this process is awake while it measures.
        while (TryRead(out var order))
        {
            if (!order.StartsWith(ControlLines.Cell, StringComparison.Ordinal))
            {
                throw new BenchException($"'{order}' is not understood; a cell was expected.");
            }

            Measure(contestant, Json.Read<CellRequest>(order[ControlLines.Cell.Length..]));
        }

        return ExitCode.Success;
    }

    private static void Measure(Contestant contestant, CellRequest request)
    {
        using (var cell = new CellClient(contestant, request))
        {
            ControlLines.Say(ControlLines.Warm + Json.Write(cell.WarmUp()));
            while (NextIsGo())
            {
                ControlLines.Say(ControlLines.Result + Json.Write(cell.Measure()));
            }
        }

        // What one cell leaves behind is not collected at the cost of the next one.
        GC.Collect();
        ControlLines.Say(ControlLines.Released);
    }

    // A cell that did not become warm is released without having been measured.
    private static bool NextIsGo() => TryRead(out var line) && line is ControlLines.Go or ControlLines.Release
        ? line == ControlLines.Go
        : throw new BenchException($"'{line}' came where go or release was expected.");

    private static bool TryRead(out string line)
    {
        line = Console.In.ReadLine()?.Trim() ?? "";
        return line.Length > 0;
    }
}
