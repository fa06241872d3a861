namespace NetCore.Bench;

/// <summary>Something went wrong in a way that one line explains.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
