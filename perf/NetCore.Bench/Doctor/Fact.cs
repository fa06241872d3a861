namespace NetCore.Bench.Doctor;

/// <summary>One thing about the machine.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How it is; null when that is unknown.</param>
/// <param name="Reason">Why it is unknown, or what follows from the value; null when there is nothing to say.</param>
internal sealed record Fact(string Name, string? Value, string? Reason)
{
    public static Fact Of(string name, string value, string? consequence = null) => new(name, value, consequence);

    public static Fact Unknown(string name, string reason) => new(name, null, reason);

    public override string ToString() => Reason is null ? Value ?? "unknown" : $"{Value ?? "unknown"} ({Reason})";
}
