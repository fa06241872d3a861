using Microsoft.Extensions.Logging;

namespace NetCore.Testing.Shared;

/// <summary>Keeps log lines, to be asserted on. Thread-safe.</summary>
public sealed class LogCapture : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<LogLine> _lines = [];

    /// <summary>What was logged until now.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Whether a line of this level has this part.</summary>
    public bool Contains(LogLevel level, string part) =>
        Lines.Any(line => line.Level == level && line.Text.Contains(part, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (_lock)
        {
            _lines.Add(new LogLine(eventId.Id, logLevel, formatter(state, exception), exception));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
