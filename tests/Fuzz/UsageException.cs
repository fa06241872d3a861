namespace NetCore.Fuzz;

/// <summary>The program cannot do what it is told; the message is one line for who told it.</summary>
internal sealed class UsageException(string message) : Exception(message);
