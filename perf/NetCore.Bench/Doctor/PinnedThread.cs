namespace NetCore.Bench.Doctor;

/// <summary>A thread that runs on one core; threads that it starts inherit that.</summary>
internal sealed class PinnedThread
{
    private readonly Thread _thread;
    private Exception? _failure;

    private PinnedThread(int core, string name, Action run) => _thread = new Thread(() => Guard(core, run))
    {
        IsBackground = true, Name = name,
    };

    public static PinnedThread Start(int core, string name, Action run)
    {
        var thread = new PinnedThread(core, name, run);
        thread._thread.Start();
        return thread;
    }

    /// <summary>Runs it to its end.</summary>
    public static void Run(int core, string name, Action run) => Start(core, name, run).Join();

    /// <summary>Waits for its end.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public void Join()
    {
        _thread.Join();
        if (_failure is not null)
        {
            throw new BenchException(_failure.Message, _failure);
        }
    }

    private void Guard(int core, Action run)
    {
        try
        {
            var result = Kernel.PinThread(core);
            if (result < 0)
            {
                throw new BenchException($"a thread could not be moved to core {core} (errno {-result})");
            }

            run();
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }
}
