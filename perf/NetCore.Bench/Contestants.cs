using NetCore.Bench.Contenders;

namespace NetCore.Bench;

/// <summary>Who takes part, in the order of the tables.</summary>
internal static class Contestants
{
    /// <summary>The one that ratios are taken to.</summary>
    public const string Baseline = "grpc";

    public static IReadOnlyList<IContestant> All { get; } =
        [new SocketContestant(), new NetCoreContestant(), new GrpcContestant()];

    /// <summary>The contestant with this name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static IContestant Get(string name) =>
        All.FirstOrDefault(one => one.Name == name)
        ?? throw new UsageException(
            $"There is no contestant '{name}', only {string.Join(", ", All.Select(one => one.Name))}.");
}
