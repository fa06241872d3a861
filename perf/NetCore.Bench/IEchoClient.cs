namespace NetCore.Bench;

/// <summary>One connection to a server.</summary>
internal interface IEchoClient : IAsyncDisposable
{
    /// <summary>
    /// Keeps <see cref="LoadRun.Outstanding"/> calls under way, records the time of each, checks each answer, and
    /// completes when the run is stopping and every call has been answered.
    /// </summary>
    Task RunAsync(LoadRun run);
}
