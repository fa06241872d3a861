using Microsoft.Extensions.Logging;

namespace NetCore.Testing.Shared;

/// <summary>Loggers that throw whatever they are asked.</summary>
public sealed class ThrowingLoggers : ILoggerFactory, ILogger
{
    /// <summary>Also when a logger is asked for.</summary>
    public bool InCreate { get; init; }

    /// <summary>Not when asked whether a level is on: then it is.</summary>
    public bool EnablesAll { get; init; }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => InCreate ? throw new ObjectDisposedException("x") : this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => EnablesAll ? true : throw new NotSupportedException();

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
