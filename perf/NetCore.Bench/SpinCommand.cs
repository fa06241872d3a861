namespace NetCore.Bench;

/// <summary>
/// <c>spin</c>: keeps one core from halting without taking time from anybody; <c>run --no-halt</c> starts it.
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

        var stop = 0;
        ControlLines.Listen(static _ => { }, () => Volatile.Write(ref stop, 1));
        Processors.BeIdle();
        ControlLines.Say(ControlLines.Spinning);
        while (Volatile.Read(ref stop) == 0)
        {
            // Nothing: a pause instruction could make the hypervisor take the core away.
        }

        return ExitCode.Success;
    }
}
