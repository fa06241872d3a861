using Microsoft.Extensions.Logging;

namespace NetCore.Core.Internal;

/// <summary>A logger that neither throws nor writes more warnings and errors than its rate allows.</summary>
internal sealed class GuardedLogger(ILogger inner, LogRate rate) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
#pragma warning disable CA1031 // See GuardedLoggerFactory: what a logger throws ends here.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
#pragma warning disable CA1031 // See GuardedLoggerFactory: what a logger throws ends here.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var admission = default(LogAdmission);
        if (logLevel >= LogLevel.Warning && !rate.TryEnter(eventId.Id, out admission))
        {
            return;
        }

        try
        {
            if (admission.LeftOutBefore > 0)
            {
                CoreLog.LeftOut(inner, admission.LeftOutBefore, eventId.Id);
            }

            inner.Log(logLevel, eventId, state, exception, formatter);
            if (admission.IsLast)
            {
                CoreLog.LastOfSecond(inner, CoreLimits.LoggedPerSecond, eventId.Id);
            }
        }
#pragma warning disable CA1031 // See GuardedLoggerFactory: what a logger throws ends here.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
