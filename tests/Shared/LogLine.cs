using Microsoft.Extensions.Logging;

namespace NetCore.Testing.Shared;

/// <summary>One line of a <see cref="LogCapture"/>.</summary>
public sealed record LogLine(int Id, LogLevel Level, string Text, Exception? Exception);
