namespace NetCore.Bench;

/// <summary>What the halves and their parent say to each other, one line each.</summary>
internal static class ControlLines
{
    /// <summary>Server: listens at the address that follows; a line for each one that was asked for.</summary>
    public const string Listening = "listening ";

    /// <summary>
    /// To the server: how much so far? Answered by <see cref="Stats"/> and a <see cref="ProcessUsage"/>.
    /// </summary>
    public const string AskStats = "stats";

    /// <summary>The same after a full collection, so that garbage is not taken for memory in use.</summary>
    public const string AskCollectedStats = "stats collected";

    public const string Stats = "stats ";

    /// <summary>To the client: prepare the <see cref="CellRequest"/> that follows.</summary>
    public const string Cell = "cell ";

    /// <summary>Client: the warm-up is over; a <see cref="WarmUpResult"/> follows.</summary>
    public const string Warm = "warm ";

    /// <summary>To the client: measure now.</summary>
    public const string Go = "go";

    /// <summary>Client: a <see cref="LoadResult"/> follows; its connections are still open.</summary>
    public const string Result = "result ";

    /// <summary>To the client: close the connections of the cell.</summary>
    public const string Release = "release";

    /// <summary>Client: they are closed.</summary>
    public const string Released = "released";

    /// <summary>To a spinner: spin, or <see cref="Rest"/>; it answers with the same word.</summary>
    public const string Spin = "spin";

    public const string Rest = "rest";

    /// <summary>Reads standard input on a thread of its own, which costs nothing while no line comes.</summary>
    /// <param name="onLine">Gets each line.</param>
    /// <param name="onEnd">The parent has closed its side, or is gone.</param>
    public static void Listen(Action<string> onLine, Action onEnd)
    {
        var thread = new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line)
            {
                onLine(line.Trim());
            }

            onEnd();
        })
        { IsBackground = true, Name = "control" };
        thread.Start();
    }

    /// <summary>Prints one line at once.</summary>
    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
