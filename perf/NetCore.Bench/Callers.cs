namespace NetCore.Bench;

/// <summary>Independent callers, a loop of awaited calls each.</summary>
internal static class Callers
{
    /// <summary>Starts one caller per slot and waits for all; the first failure stops the others.</summary>
    /// <param name="run">The load.</param>
    /// <param name="caller">Calls until the run is stopping; its own loop, so that no layer is added per call.</param>
    public static async Task RunAsync(LoadRun run, Func<int, Task> caller)
    {
        var callers = new Task[run.Outstanding];
        for (var slot = 0; slot < callers.Length; slot++)
        {
            callers[slot] = GuardAsync(run, caller, slot);
        }

        await Task.WhenAll(callers);
    }

    private static async Task GuardAsync(LoadRun run, Func<int, Task> caller, int slot)
    {
        try
        {
            await caller(slot);
        }
        catch
        {
            run.Stop();
            throw;
        }
    }
}
