namespace NetCore.Bench;

/// <summary>What a driver is to put on the server it connects to.</summary>
/// <param name="Traffic">What goes over the connections.</param>
/// <param name="Connections">How many; with <see cref="Traffic.Connect"/> how many are made at once.</param>
/// <param name="Outstanding">Requests under way on each.</param>
/// <param name="PayloadBytes">Bytes of a request, or of one write of bulk; the header of a frame not included.</param>
/// <param name="HeaderBytes">0, or 16 when each request has a <see cref="FramedMessage"/> header before it.</param>
/// <param name="Wait">How the driver waits for answers.</param>
/// <param name="ClientWork">
/// CPU time that the driver burns for each answer; for a client that is slow on purpose. Zero otherwise.
/// </param>
internal sealed record LoadShape(
    Traffic Traffic,
    int Connections,
    int Outstanding,
    int PayloadBytes,
    int HeaderBytes,
    WaitMode Wait,
    TimeSpan ClientWork)
{
    /// <summary>One more subscriber of topics, which is not counted.</summary>
    public Bystander Bystander { get; init; }

    public static LoadShape Of(Scenario scenario, ContestantKind kind) => new(
        scenario.Traffic,
        scenario.Connections,
        scenario.Outstanding,
        scenario.PayloadBytes,
        kind == ContestantKind.FramedEcho ? FramedMessage.HeaderBytes : 0,
        scenario.Wait,
        TimeSpan.Zero)
    {
        Bystander = scenario.Bystander,
    };
}
