namespace NetCore.Protocols.Tests;

/// <summary>A generous deadline for what another program has to do.</summary>
internal static class Patience
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Deadline);
}
