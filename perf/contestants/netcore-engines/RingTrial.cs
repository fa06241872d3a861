using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>Whether NetCore can make a ring in this process.</summary>
internal static class RingTrial
{
    private static readonly string[] Starts = ["The io_uring engine cannot run here: ", "A ring cannot be made: "];

    // The variable is no affair of a contestant: a word that it does not know is a slip of who has typed it.
    private const string Slip = "NETCORE_URING_DISABLE has the word";

    // Asked once: the answer of a process does not change.
    private static readonly Lazy<string?> Answer = new(Try);

    /// <summary>Why it cannot; null when it can.</summary>
    /// <exception cref="UsageException">The environment forbids features of a ring that nobody knows.</exception>
    public static string? Refusal() => Answer.Value is { } reason && reason.StartsWith(Slip, StringComparison.Ordinal)
        ? throw new UsageException(reason + ".") : Answer.Value;

    /// <summary>The words of an exception as the end of a sentence that says what cannot run here.</summary>
    public static string Words(string message)
    {
        foreach (var start in Starts)
        {
            message = message.StartsWith(start, StringComparison.Ordinal) ? message[start.Length..] : message;
        }

        return message.TrimEnd('.');
    }

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
            return Words(exception.Message);
        }
    }
}
