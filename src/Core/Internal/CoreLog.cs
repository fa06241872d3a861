using Microsoft.Extensions.Logging;

namespace NetCore.Core.Internal;

/// <summary>What the core logs. Event ids are stable.</summary>
internal static partial class CoreLog
{
    [LoggerMessage(100, LogLevel.Warning, "{Count} messages with event id {Id} were left out before the next one.")]
    public static partial void LeftOut(ILogger logger, long count, int id);

    [LoggerMessage(101, LogLevel.Warning,
        "{Limit} messages with event id {Id} were written within a second; what follows in it is only counted.")]
    public static partial void LastOfSecond(ILogger logger, int limit, int id);
}
