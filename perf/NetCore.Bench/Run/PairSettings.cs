namespace NetCore.Bench;

/// <summary>What all processes of a run have in common.</summary>
/// <param name="Cores">Where the halves run.</param>
/// <param name="Processors">How many cores each runtime believes to have, when it is pinned.</param>
/// <param name="PoolSpin">Whether idle workers of the thread pool spin before they sleep, as by default.</param>
internal sealed record PairSettings(Cores Cores, int Processors, bool PoolSpin)
{
    /// <summary>Variables for a half, those of its contestant included.</summary>
    public IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(own);
        if (!PoolSpin)
        {
            all["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        }

        return all;
    }
}
