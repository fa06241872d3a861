namespace NetCore.Bench.Doctor;

/// <summary>Keeps cores from halting while it lives: on each a thread that runs when nobody else wants to.</summary>
internal sealed class AwakeCores : IDisposable
{
    private readonly List<PinnedThread> _threads = [];
    private volatile bool _stopping;

    /// <exception cref="BenchException">The system has no idle priority for us.</exception>
    public AwakeCores(CorePair cores)
    {
        using var ready = new CountdownEvent(cores.IsOne ? 1 : 2);
        foreach (var core in new[] { cores.First, cores.Second }.Distinct())
        {
            _threads.Add(PinnedThread.Start(core, "awake", () =>
            {
                try
                {
                    Processors.BeIdle();
                }
                finally
                {
                    ready.Signal();
                }

                while (!_stopping)
                {
                    // Burns what nobody wants.
                }
            }));
        }

        ready.Wait();
    }

    public void Dispose()
    {
        _stopping = true;
        _threads.ForEach(static thread => thread.Join());
    }
}
