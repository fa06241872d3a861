namespace NetCore.PubSub.Tests;

/// <summary>Tests that count what the process has or does: they run one after the other, beside nothing else.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
