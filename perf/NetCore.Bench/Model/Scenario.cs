namespace NetCore.Bench;

/// <summary>One load, the same for every contestant that can take it.</summary>
internal sealed record Scenario
{
    /// <summary>How command line, tables and JSON call it; those over Unix sockets end in <c>.unix</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One line about what it shows.</summary>
    public required string Description { get; init; }

    public Traffic Traffic { get; init; } = Traffic.Echo;

    public int Connections { get; init; } = 1;

    /// <summary>Requests under way on each connection.</summary>
    public int Outstanding { get; init; } = 1;

    /// <summary>One more subscriber, whose deliveries are not counted.</summary>
    public Bystander Bystander { get; init; }

    public int PayloadBytes { get; init; } = 32;

    /// <summary>Over a Unix domain socket instead of TCP.</summary>
    public bool Unix { get; init; }

    /// <summary>Messages go through a broker.</summary>
    public bool IsTopics => Traffic is Traffic.Publish or Traffic.PublishOne;

    /// <summary>Each operation has a time of its own.</summary>
    public bool IsTimed => Traffic is not
        (Traffic.Bulk or Traffic.Idle or Traffic.Items or Traffic.Exchange or Traffic.Publish);

    /// <summary>How both sides wait; <see cref="WaitMode.Spin"/> is for contestants that can poll.</summary>
    public WaitMode Wait { get; init; }

    /// <summary>An idle-priority spinner on each core keeps it from halting while this is measured.</summary>
    public bool KeepAwake { get; init; }

    /// <summary>
    /// Open loop: requests are due at this share of the contestant's measured peak; 0 is a closed loop.
    /// </summary>
    public double LoadShare { get; init; }

    /// <summary>For which contestants it is a figure of throughput, so that a limit elsewhere discards it.</summary>
    public bool IsThroughput { get; init; }
}
