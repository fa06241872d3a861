using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What an environment forbids of a ring, for a machine whose kernel has a defect there.</summary>
internal static class UringSwitches
{
    /// <summary>The environment variable: words, separated by commas.</summary>
    public const string Variable = "NETCORE_URING_DISABLE";

    private static readonly (string Word, RingFeatures Feature)[] Words =
    [
        ("defer", RingFeatures.DeferTaskRun),
        ("no-array", RingFeatures.NoSubmissionArray),
        ("buffers", RingFeatures.BufferRing),
        ("multishot-accept", RingFeatures.AcceptMultishot),
        ("multishot-receive", RingFeatures.ReceiveMultishot),
        ("poll-first", RingFeatures.PollFirst),
        ("send-all", RingFeatures.SendAll),
        ("no-iowait", RingFeatures.NoIoWait),
    ];

    /// <summary>What the environment of the process forbids.</summary>
    /// <exception cref="TransportException">It has a word that means nothing.</exception>
    public static RingFeatures Disabled => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The defaults, without what the environment forbids.</summary>
    /// <exception cref="TransportException">It has a word that means nothing.</exception>
    public static UringSettings Apply(UringSettings settings, string? variable) =>
        Without(settings, Parse(variable));

    /// <summary>The same with the environment of the process.</summary>
    public static UringSettings Apply(UringSettings settings) => Without(settings, Disabled);

    /// <summary>What is forbidden, for people; null when that is nothing.</summary>
    public static string? Remark(RingFeatures disabled)
    {
        var words = Words.Where(known => (disabled & known.Feature) != 0).Select(static known => known.Word).ToArray();
        return words.Length == 0 ? null : $"without {string.Join(", ", words)} ({Variable})";
    }

    /// <summary>How a feature is forbidden, for who should.</summary>
    public static string Hint(RingFeatures feature) =>
        $"{Variable}={Array.Find(Words, known => known.Feature == feature).Word} does without";

    private static UringSettings Without(UringSettings settings, RingFeatures disabled) => settings with
    {
        Ring = settings.Ring with { Disabled = settings.Ring.Disabled | disabled },
    };

    private static RingFeatures Parse(string? variable)
    {
        const StringSplitOptions options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var disabled = RingFeatures.None;
        foreach (var word in (variable ?? "").Split(',', options))
        {
            var known = Array.Find(Words, one => IsSame(one.Word, word));
            disabled |= known.Feature != RingFeatures.None
                ? known.Feature
                : throw new TransportException(
                    TransportError.EngineNotAvailable,
                    $"{Variable} has the word '{word}'. It takes: "
                        + $"{string.Join(", ", Words.Select(static one => one.Word))}.");
        }

        return disabled;
    }

    // As with the names of engines.
    private static bool IsSame(string known, string word) => known.Equals(word, StringComparison.OrdinalIgnoreCase);
}
