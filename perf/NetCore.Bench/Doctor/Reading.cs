namespace NetCore.Bench.Doctor;

/// <summary>A text that was read, or why there is none; one of the two is null.</summary>
internal readonly record struct Reading(string? Text, string? Problem)
{
    /// <summary>The text as a fact, or "unknown" with the reason.</summary>
    public Fact As(string name, Func<string, string>? words = null) =>
        Text is { } text ? Fact.Of(name, words is null ? text : words(text)) : Fact.Unknown(name, Problem!);
}
