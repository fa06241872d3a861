namespace NetCore.Rpc.Generators.Internal;

/// <summary>How a value lies in memory, or why it must not be sent as it does.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Alignment">Its offset in a structure is a multiple of this.</param>
/// <param name="Problem">A clause for people, or null.</param>
/// <param name="IsPadding">The problem is padding.</param>
internal readonly record struct Layout(int Size, int Alignment, string? Problem = null, bool IsPadding = false)
{
    public static Layout Bad(string problem) => new(0, 1, problem);

    public static Layout Padded(string problem) => new(0, 1, problem, IsPadding: true);
}
