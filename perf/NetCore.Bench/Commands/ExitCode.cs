namespace NetCore.Bench;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A cell, or the half that was started, failed.</summary>
    public const int Failed = 1;

    public const int BadUsage = 2;

    /// <summary>Ended by Ctrl-C or SIGTERM: 128 and the number of SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
