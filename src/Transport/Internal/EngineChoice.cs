using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Which engine is used, and why.</summary>
internal sealed record EngineChoice(TransportEngine Engine, string Reason)
{
    /// <summary>The environment variable that overrides what the code asks for.</summary>
    public const string Variable = "NETCORE_TRANSPORT";

    private const string Alternatives = "auto, sockets, epoll, uring";

    /// <summary>Who advises it; null when somebody has asked for it, or it is the default.</summary>
    public string? Advice { get; private init; }

    /// <summary>Whether it is not what somebody has advised.</summary>
    public bool IsSecondBest { get; private init; }

    // What the code has asked for in vain, as a part of the reason; else nothing.
    private string Overridden { get; init; } = "";

    /// <summary>What else may be asked for, in words that end a sentence.</summary>
    public string Instead => $"ask for one of: {Others(Engine)}";

    /// <exception cref="TransportException">What is asked for is unknown or cannot run here.</exception>
    public static EngineChoice Make(World world, TransportEngine asked) => Make(
        asked,
        Environment.GetEnvironmentVariable(Variable),
        TransportProfile.OfEnvironment,
        EngineProbes.Of(world).Ask);

    /// <summary>The same with an environment and self-tests of the caller.</summary>
    /// <param name="asked">By the code.</param>
    /// <param name="variable">By the environment.</param>
    /// <param name="profile">Reads what was measured; called only where that decides.</param>
    /// <param name="probe">The self-tests.</param>
    public static EngineChoice Make(
        TransportEngine asked,
        string? variable,
        Func<TransportProfile?> profile,
        Func<TransportEngine, ProbeAnswer> probe)
    {
        var by = "the options ask for it";
        var overridden = "";
        if (!string.IsNullOrWhiteSpace(variable))
        {
            by = $"{Variable}={variable.Trim()}";
            var code = asked;
            asked = Parse(variable.Trim());
            overridden = code == TransportEngine.Auto ? "" : $"; {by} overrides {Word(code)} of the options";
        }

        if (asked == TransportEngine.Sockets)
        {
            return new EngineChoice(TransportEngine.Sockets, by);
        }

        if (asked == TransportEngine.Auto)
        {
            return OfProfile(profile(), probe, overridden);
        }

        var choice = new EngineChoice(asked, by);
        return probe(asked).Error is not { } failure
            ? choice
            : throw EngineRefusal.Of(
                asked == TransportEngine.Uring ? "io_uring" : "epoll",
                by,
                failure,
                choice.Instead,
                hasMore: false);
    }

    /// <summary>The default, for an engine that was only advised and cannot be made.</summary>
    public EngineChoice Without(string failure, Func<TransportEngine, ProbeAnswer> probe)
    {
        var choice = Default(probe);
        return choice with
        {
            Reason = $"{choice.Reason}; {Word(Engine)}, advised by {Advice}, cannot run here: {failure}{Overridden}",
            IsSecondBest = true,
        };
    }

    // What a profile advises is taken if it can be had: who asks for nothing is not to fail for an advice.
    private static EngineChoice OfProfile(
        TransportProfile? profile, Func<TransportEngine, ProbeAnswer> probe, string overridden)
    {
        if (profile is null)
        {
            var choice = Default(probe);
            return choice with { Reason = choice.Reason + overridden };
        }

        var by = $"{TransportProfile.Variable}={profile.File}, measured {profile.Origin}";
        var advised = new EngineChoice(profile.Engine, by + overridden) { Advice = by, Overridden = overridden };
        return profile.Engine == TransportEngine.Sockets || probe(profile.Engine).Failure is not { } failure
            ? advised : advised.Without(failure, probe);
    }

    // Who asks for nothing gets epoll, which no sandbox forbids, and not the ring, until that is measured to win.
    private static EngineChoice Default(Func<TransportEngine, ProbeAnswer> probe)
    {
        var failure = probe(TransportEngine.Epoll).Failure;
        return failure is null
            ? new EngineChoice(TransportEngine.Epoll, "epoll has passed its self-test")
            : new EngineChoice(TransportEngine.Sockets, $"epoll is not available: {failure}");
    }

    private static string Others(TransportEngine failed) =>
        failed == TransportEngine.Uring ? "auto, sockets, epoll" : "auto, sockets";

    // As it is written where it is asked for.
    private static string Word(TransportEngine engine) => engine.ToString().ToLowerInvariant();

    private static TransportEngine Parse(string text) => text.ToUpperInvariant() switch
    {
        "AUTO" => TransportEngine.Auto,
        "SOCKETS" => TransportEngine.Sockets,
        "EPOLL" => TransportEngine.Epoll,
        "URING" => TransportEngine.Uring,
        _ => throw new TransportException(
            TransportError.EngineNotAvailable,
            $"{Variable}={text} names no engine. Ask for one of: {Alternatives}."),
    };
}
