namespace NetCore.Bench.Doctor;

/// <summary>Something that an engine can use, if the kernel has it and lets this process at it.</summary>
/// <param name="Name">As the kernel's headers call it.</param>
/// <param name="Usable">It was tried, and it worked.</param>
/// <param name="Reason">Why not; null when it is usable.</param>
internal sealed record Feature(string Name, bool Usable, string? Reason)
{
    public static Feature Yes(string name) => new(name, true, null);

    public static Feature No(string name, string reason) => new(name, false, reason);
}
