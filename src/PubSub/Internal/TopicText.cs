using System.Text.Unicode;

namespace NetCore.PubSub.Internal;

/// <summary>Topics and patterns as bytes: their rules, and one pattern held against one topic.</summary>
internal static class TopicText
{
    private const byte Dot = (byte)'.';

    /// <summary>What is wrong with a topic or pattern; null when nothing is.</summary>
    public static string? Problem(ReadOnlySpan<byte> text, bool isPattern)
    {
        if (text.Length is 0 or > PubSubLimits.MaxTopicBytes)
        {
            return $"it has {text.Length} bytes; 1 to {PubSubLimits.MaxTopicBytes} are allowed.";
        }

        var levels = 0;
        var wildcards = 0;
        for (var rest = text; ; levels++)
        {
            var dot = rest.IndexOf(Dot);
            var token = dot < 0 ? rest : rest[..dot];
            if (OfToken(token, isPattern, isLast: dot < 0) is { } problem)
            {
                return problem;
            }

            wildcards += token is [(byte)'*'] ? 1 : 0;
            if (dot < 0)
            {
                break;
            }

            rest = rest[(dot + 1)..];
        }

        return levels >= PubSubLimits.MaxLevels ? $"it has more than {PubSubLimits.MaxLevels} levels."
            : wildcards > PubSubLimits.MaxWildcards ? $"more than {PubSubLimits.MaxWildcards} levels are '*'."
            : Utf8.IsValid(text) ? null : "it is not UTF-8.";
    }

    /// <summary>
    /// What is wrong with the name of a queue group, which is one level of a topic; null when nothing is.
    /// </summary>
    public static string? OfGroup(ReadOnlySpan<byte> name) =>
        name.Contains(Dot) ? "a group's name has no dots." : Problem(name, isPattern: false);

    /// <summary>Holds a pattern against a topic, both well-formed, level by level.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> topic)
    {
        while (true)
        {
            var token = NextToken(ref pattern, out var patternEnds);
            if (token is [(byte)'>'])
            {
                return true;
            }

            var level = NextToken(ref topic, out var topicEnds);
            if (token is not [(byte)'*'] && !token.SequenceEqual(level))
            {
                return false;
            }

            if (patternEnds || topicEnds)
            {
                return patternEnds && topicEnds;
            }
        }
    }

    /// <summary>Every topic that <paramref name="inner"/> is for, <paramref name="outer"/> is for too.</summary>
    public static bool Covers(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner)
    {
        while (true)
        {
            var outerToken = NextToken(ref outer, out var outerEnds);
            if (outerToken is [(byte)'>'])
            {
                return true;
            }

            var innerToken = NextToken(ref inner, out var innerEnds);
            if (innerToken is [(byte)'>'] || (outerToken is not [(byte)'*'] && !outerToken.SequenceEqual(innerToken)))
            {
                return false;
            }

            if (outerEnds || innerEnds)
            {
                return outerEnds && innerEnds;
            }
        }
    }

    private static string? OfToken(ReadOnlySpan<byte> token, bool isPattern, bool isLast)
    {
        if (token.IsEmpty)
        {
            return "a level is empty.";
        }

        if (token is [(byte)'*'] or [(byte)'>'])
        {
            return !isPattern ? "wildcards are for patterns."
                : token[0] == '>' && !isLast ? "'>' is for the end." : null;
        }

        foreach (var letter in token)
        {
            if (letter is <= (byte)' ' or 0x7F or (byte)'*' or (byte)'>')
            {
                return "a level has white space, a control character, or a wildcard among others.";
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> text, out bool ends)
    {
        var dot = text.IndexOf(Dot);
        ends = dot < 0;
        var token = ends ? text : text[..dot];
        text = ends ? default : text[(dot + 1)..];
        return token;
    }
}
