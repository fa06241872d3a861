namespace NetCore.Bench;

/// <summary>How long each cell may warm up.</summary>
internal interface IWarmUpSchedule
{
    /// <summary>For the next cell; null when there is no time left for it.</summary>
    /// <param name="firstOfPair">Its processes have just been started.</param>
    WarmUpPlan? Next(bool firstOfPair);
}
