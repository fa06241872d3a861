namespace NetCore.Bench.Html;

/// <summary>Text that is HTML already.</summary>
internal readonly record struct Markup(string Text)
{
    public static Markup None { get; } = new("");
}
