namespace NetCore.Bench;

/// <summary>A contestant with calls: both halves are its own, and only the pace of the calls is common.</summary>
internal abstract class RpcContestant : Contestant
{
    public override ContestantKind Kind => ContestantKind.Rpc;

    /// <summary>Why no small call can run beside a stream here; null when one can.</summary>
    public virtual string? NoStreams => "it has no streams beside its calls";

    /// <summary>Why it takes no part in streams of items; null when it does.</summary>
    public virtual string? NoItems => "it has no streams of items";

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        { Traffic: Traffic.Bulk } => "bulk is measured on raw transports",
        { IsTopics: true } => NoTopics,
        { Traffic: Traffic.BesideBulk } when NoStreams is not null => NoStreams,
        { Traffic: Traffic.Items or Traffic.Exchange } when NoItems is not null => NoItems,
        { Wait: WaitMode.Spin } when Wait != WaitMode.Spin => DoesNotPoll,
        { Wait: WaitMode.Block } when Wait == WaitMode.Spin => Polls,
        _ => null,
    };

    /// <summary>Starts the calling side.</summary>
    public abstract IClientHalf NewClientHalf();

    public sealed override ILoadDriver NewDriver(Scenario scenario) => new RpcDriver(this);
}
