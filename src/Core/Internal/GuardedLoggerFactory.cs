using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NetCore.Core.Internal;

/// <summary>The one place where this SDK meets somebody else's loggers.</summary>
/// <remarks>
/// Logging happens in loops that must not die: accepting, receiving, sending, timers. What a logger throws therefore
/// ends here. And a peer decides how often something is worth a warning: that is bounded here too.
/// </remarks>
internal sealed class GuardedLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _inner;
    private readonly LogRate _rate;

    private GuardedLoggerFactory(ILoggerFactory inner, TimeProvider time)
    {
        _inner = inner;
        _rate = new LogRate(time);
    }

    public static ILoggerFactory Around(ILoggerFactory inner, TimeProvider time) =>
        inner is NullLoggerFactory ? inner : new GuardedLoggerFactory(inner, time);

    public ILogger CreateLogger(string categoryName)
    {
        try
        {
            return new GuardedLogger(_inner.CreateLogger(categoryName), _rate);
        }
#pragma warning disable CA1031 // See the remarks; a factory that was disposed too early throws here.
        catch (Exception)
#pragma warning restore CA1031
        {
            return NullLogger.Instance;
        }
    }

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    public void Dispose() => _inner.Dispose();
}
