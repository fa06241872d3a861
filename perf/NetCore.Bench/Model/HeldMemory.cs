namespace NetCore.Bench;

/// <summary>Memory that a server holds for its peers.</summary>
/// <param name="Bytes">Held now.</param>
/// <param name="Most">What it may hold by its own limits while nothing is under way.</param>
internal sealed record HeldMemory(long Bytes, long Most)
{
    public bool IsWithin => Bytes <= Most;

    public HeldMemory With(HeldMemory other) => new(Bytes + other.Bytes, Most + other.Most);

    public override string ToString() =>
        FormattableString.Invariant($"{Bytes / 1048576.0:0.0} of at most {Most / 1048576.0:0.0} MiB");
}
