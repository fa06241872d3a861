namespace NetCore.Bench;

/// <summary>A contestant with topics: broker and clients are its own, and only the pace is common.</summary>
internal abstract class TopicContestant : Contestant
{
    public override ContestantKind Kind => ContestantKind.Topics;

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        { IsTopics: false } => "it has topics and nothing else",
        _ => null,
    };

    /// <summary>Makes the publisher and the subscribers of a cell.</summary>
    public abstract ITopicHalf NewTopicHalf();

    public sealed override ILoadDriver NewDriver(Scenario scenario) => new TopicDriver(NewTopicHalf());
}
