namespace NetCore.Bench;

/// <summary>The idle-priority processes that keep the cores awake while they are told to.</summary>
internal sealed class Spinners : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<int, Child> _children = [];
    private readonly CancellationToken _stop;
    private bool _spinning;

    private Spinners(CancellationToken stop) => _stop = stop;

    /// <summary>One for each core that is used; none when nothing is pinned.</summary>
    public static Spinners Start(Cores cores, CancellationToken stop)
    {
        var spinners = new Spinners(stop);
        try
        {
            foreach (var core in new[] { cores.Server, cores.Client }.OfType<int>().Distinct())
            {
                spinners._children[core] = Child.Start(
                    new ChildStart($"spinner of core {core}", ["spin"]) { Core = core });
            }

            return spinners;
        }
        catch
        {
            spinners.Dispose();
            throw;
        }
    }

    /// <summary>CPU time of the one on this core, which is nobody else's.</summary>
    public TimeSpan CpuTime(int core) => _children.TryGetValue(core, out var child) ? child.CpuTime : TimeSpan.Zero;

    public void Turn(bool on)
    {
        if (on == _spinning)
        {
            return;
        }

        var order = on ? ControlLines.Spin : ControlLines.Rest;
        foreach (var child in _children.Values)
        {
            child.Send(order);
            child.Expect(order, Patience, _stop);
        }

        _spinning = on;
    }

    public void Dispose()
    {
        foreach (var child in _children.Values)
        {
            child.Dispose();
        }
    }
}
