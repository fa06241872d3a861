namespace NetCore.Bench;

/// <summary>A contestant that is a server of plain or framed bytes; all of them share one load generator.</summary>
internal abstract class EchoContestant : Contestant
{
    public override ContestantKind Kind => ContestantKind.Echo;

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        { Traffic: Traffic.LongTail or Traffic.BesideBulk } => "an echo of bytes has no calls to tell apart",
        { Traffic: Traffic.Items or Traffic.Exchange } => "an echo of bytes has no items",
        { IsTopics: true } => NoTopics,
        { Traffic: Traffic.Bulk } when Kind == ContestantKind.FramedEcho => "bulk is measured without framing",
        { Wait: WaitMode.Spin } when Wait != WaitMode.Spin => DoesNotPoll,
        { Wait: WaitMode.Block } when Wait == WaitMode.Spin => Polls,
        _ => null,
    };

    public sealed override ILoadDriver NewDriver(Scenario scenario) => EchoDrivers.New();
}
