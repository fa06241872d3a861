namespace NetCore.Bench;

/// <summary>The idle-priority processes that keep the cores awake, or none.</summary>
internal sealed class Spinners : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Child> _children = [];

    /// <summary>CPU time of all of them, which is nobody else's.</summary>
    public TimeSpan CpuTime => _children.Aggregate(TimeSpan.Zero, (sum, child) => sum + child.CpuTime);

    public static Spinners Start(Cores cores, CancellationToken stop)
    {
        var spinners = new Spinners();
        try
        {
            foreach (var core in new[] { cores.Server, cores.Client }.OfType<int>().Distinct())
            {
                var child = Child.Start($"spinner of core {core}", core, 1, "spin");
                spinners._children.Add(child);
                child.Expect(ControlLines.Spinning, Patience, stop);
            }

            return spinners;
        }
        catch
        {
            spinners.Dispose();
            throw;
        }
    }

    public void Dispose() => _children.ForEach(static child => child.Dispose());
}
