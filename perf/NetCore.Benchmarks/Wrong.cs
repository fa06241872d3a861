namespace NetCore.Benchmarks;

/// <summary>Ends a benchmark that measures something else than it says.</summary>
internal static class Wrong
{
    public static ulong Status() => throw new InvalidOperationException("The frame was refused.");
}
