namespace NetCore.Bench;

/// <summary>The command line does not make sense, or not on this machine.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="isExplained">The message says what to do, and the help text no more.</param>
internal sealed class UsageException(string message, bool isExplained = false) : Exception(message)
{
    public bool IsExplained => isExplained;
}
