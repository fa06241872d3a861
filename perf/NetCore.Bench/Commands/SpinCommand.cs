namespace NetCore.Bench;

/// <summary>
/// <c>spin</c>: keeps one core from halting without taking time from anybody, while it is told to; part of <c>run</c>.
/// </summary>
/// <remarks>
/// Waking a halted virtual core costs tens of microseconds and hides what a blocking round trip costs. A thread of idle
/// priority gives way at once, and the core it leaves is awake.
/// </remarks>
internal static class SpinCommand
{
    public static int Execute(string[] arguments)
    {
        var line = new CommandLine(arguments);
        var pinned = false;
        while (line.TryNext(out var name))
        {
            if (name != "--core")
            {
                throw CommandLine.Unknown(name);
            }

            Processors.Pin(line.Whole(name, 0, Processors.MaxCore));
            pinned = true;
        }

        if (!pinned)
        {
            throw new UsageException("spin needs --core.");
        }

        using var wanted = new ManualResetEventSlim();
        var state = new State(wanted);
        ControlLines.Listen(state.Obey, state.End);
        Processors.BeIdle();
        state.Spin();
        return ExitCode.Success;
    }

    private sealed class State(ManualResetEventSlim wanted)
    {
        private volatile bool _spinning;
        private volatile bool _over;

        public void Obey(string order)
        {
            _spinning = order == ControlLines.Spin;
            if (_spinning)
            {
                wanted.Set();
            }
            else
            {
                wanted.Reset();
            }

            ControlLines.Say(order);
        }

        public void End()
        {
            _over = true;
            _spinning = false;
            wanted.Set();
        }

        public void Spin()
        {
            while (!_over)
            {
                wanted.Wait();
                while (_spinning)
                {
                    // Nothing: a pause instruction could make the hypervisor take the core away.
                }
            }
        }
    }
}
