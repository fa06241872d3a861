namespace NetCore.Transport.Internal;

/// <summary>The error of an engine that cannot run here: how it was asked for, why not, and what to do.</summary>
internal static class EngineRefusal
{
    /// <summary>What <paramref name="start"/> makes, or the error that says all this.</summary>
    /// <exception cref="TransportException">It cannot be made; the inner exception says why.</exception>
    public static T Guard<T>(string engine, string? by, string instead, bool hasMore, Func<T> start)
    {
        try
        {
            return start();
        }
        catch (TransportException failure)
        {
            throw Of(engine, by, failure, instead, hasMore);
        }
    }

    /// <param name="engine">The name of the engine.</param>
    /// <param name="by">How it was asked for; null when the code has made it by its name.</param>
    /// <param name="failure">Why it cannot run.</param>
    /// <param name="instead">What else to do, in words that end a sentence.</param>
    /// <param name="hasMore">Whether it may be had with fewer reactors.</param>
    public static TransportException Of(
        string engine, string? by, TransportException failure, string instead, bool hasMore)
    {
        var asked = by is null ? "" : $" ({by})";
        var cheaper = failure.Error != TransportError.OutOfResources ? ""
            : hasMore ? "raise that limit, take fewer Reactors, or " : "raise that limit, or ";
        var advice = cheaper + instead;
        return new TransportException(
            failure.Error,
            $"The {engine} engine{asked} cannot run here: {Reason(failure)}. "
                + $"{char.ToUpperInvariant(advice[0])}{advice[1..]}.",
            failure);
    }

    /// <summary>The text of an error as a part of another one.</summary>
    public static string Reason(TransportException failure) => failure.Message.TrimEnd('.');
}
