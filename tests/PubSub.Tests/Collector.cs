namespace NetCore.PubSub.Tests;

/// <summary>What a handler has got, in order.</summary>
internal sealed class Collector
{
    public Subscription Subscription { get; set; } = null!;

    public List<Seen> All { get; } = [];

    public IEnumerable<int> Numbers => All.Where(static seen => seen.Gap is null).Select(static seen => seen.Number);

    public IEnumerable<Gap> Gaps => All.Where(static seen => seen.Gap is not null).Select(static seen => seen.Gap!);

    public void Handle(in MessageView message) => All.Add(new Seen(
        message.Topic,
        message.Payload.Length >= 4 ? BitConverter.ToInt32(message.Payload) : 0,
        message.Payload.Length,
        message.Sequence,
        message.IsSnapshot,
        message.Gap));
}

/// <summary>One message, or a gap.</summary>
internal sealed record Seen(string Topic, int Number, int Length, ulong Sequence, bool IsSnapshot, Gap? Gap);
