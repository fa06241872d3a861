namespace NetCore.Bench;

/// <summary>Finds out what programs other than those of the run used of the cores that it runs on.</summary>
internal sealed class OwnCpu(Cores cores, Spinners spinners)
{
    private readonly IReadOnlyDictionary<int, SystemLoad> _before = SystemLoad.Now();
    private readonly Dictionary<int, TimeSpan> _spun =
        Used(cores).ToDictionary(core => core, core => spinners.CpuTime(core));

    /// <summary>Since this was made.</summary>
    /// <param name="server">CPU time that the server has used meanwhile.</param>
    /// <param name="client">CPU time that the client has used meanwhile.</param>
    public Disturbance Disturbance(TimeSpan server, TimeSpan client)
    {
        var now = SystemLoad.Now();
        var worst = Bench.Disturbance.None;
        foreach (var core in Used(cores))
        {
            if (!now.TryGetValue(core, out var after) || !_before.TryGetValue(core, out var before))
            {
                continue;
            }

            var own = core == SystemLoad.AllCores
                ? server + client
                : (cores.Server == core ? server : TimeSpan.Zero) + (cores.Client == core ? client : TimeSpan.Zero);
            worst = worst.Or(after.Since(before, own + spinners.CpuTime(core) - _spun[core]));
        }

        return worst;
    }

    private static int[] Used(Cores cores) =>
        [.. new[] { cores.Server ?? SystemLoad.AllCores, cores.Client ?? SystemLoad.AllCores }.Distinct()];
}
