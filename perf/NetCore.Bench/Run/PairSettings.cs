namespace NetCore.Bench;

/// <summary>What all processes of a run have in common.</summary>
/// <param name="Cores">Where the halves run.</param>
/// <param name="Processors">How many cores each runtime believes to have, when it is pinned.</param>
/// <param name="PoolSpin">Whether idle workers of the thread pool spin before they sleep, as by default.</param>
/// <param name="TierDelay">
/// Whether the runtime waits with its faster tiers until no new code has run for 100 ms, as by default.
/// </param>
internal sealed record PairSettings(Cores Cores, int Processors, bool PoolSpin, bool TierDelay)
{
    /// <summary>Variables for a half, those of its contestant included.</summary>
    public IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(own);
        if (!PoolSpin)
        {
            all["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        }

        // The delay starts anew whenever anything runs for the first time. Under load that kept grpc-dotnet at a third
        // of its rate beyond 12 s, and calls of NetCore for 13 s. Without it both were there within 4 s. The program
        // itself is configured to have none, and the runtime's own delay is 100 ms, in hexadecimal digits.
        all["DOTNET_TC_CallCountingDelayMs"] = TierDelay ? "64" : "0";

        return all;
    }
}
