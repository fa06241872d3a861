using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>Whether NetCore can make a ring in this process.</summary>
internal static class RingTrial
{
    /// <summary>The environment variable that forbids features of a ring.</summary>
    public const string Variable = "NETCORE_URING_DISABLE";

    // The variable is no affair of a contestant: a word that it does not know is a slip of who has typed it.
    private const string Slip = Variable + " has the word";

    // Asked once: the answer of a process does not change.
    private static readonly Lazy<string?> Answer = new(Try);

    /// <summary>What the environment forbids; null when that is nothing.</summary>
    public static string? Forbidden => Environment.GetEnvironmentVariable(Variable) is { } words
        && words.Any(char.IsLetter) ? words.Trim() : null;

    /// <summary>Why it cannot; null when it can.</summary>
    /// <exception cref="UsageException">The environment forbids features of a ring that nobody knows.</exception>
    public static string? Refusal() => Answer.Value is { } reason && reason.StartsWith(Slip, StringComparison.Ordinal)
        ? throw new UsageException(reason + ".") : Answer.Value;

    /// <summary>Why an engine cannot run, as the end of a sentence that says so.</summary>
    /// <remarks>The error of an engine has its reason inside; itself it gives advice to those who write code.</remarks>
    public static string Words(Exception exception) =>
        (exception is TransportException { InnerException: TransportException reason } ? reason : exception)
        .Message.TrimEnd('.');

    private static string? Try()
    {
        using var world = new World(new WorldOptions());
        try
        {
            new UringTransport(world, new UringTransportOptions { Reactors = 1 }).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is TransportException or PlatformNotSupportedException)
        {
            return Words(exception);
        }
    }
}
