using System.Text;
using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>
/// What a subscription is for: a topic in which <c>*</c> stands for any one level, and <c>&gt;</c> at the end for one
/// or more. Immutable.
/// </summary>
/// <remarks>Bounds as for <see cref="TopicName"/>; at most 4 levels are <c>*</c>.</remarks>
public sealed class TopicPattern : IEquatable<TopicPattern>
{
    private readonly string _text;

    /// <summary>Checks and keeps a pattern.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public TopicPattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Bytes = Encoding.UTF8.GetBytes(text);
        if (TopicText.Problem(Bytes, isPattern: true) is { } problem)
        {
            throw new ArgumentException($"The pattern is malformed: {problem}", nameof(text));
        }

        _text = text;
        IsLiteral = !text.Contains('*', StringComparison.Ordinal) && !text.Contains('>', StringComparison.Ordinal);
    }

    /// <summary>It is for one topic only.</summary>
    public bool IsLiteral { get; }

    internal byte[] Bytes { get; }

    /// <summary>Checks and keeps a pattern.</summary>
    public static implicit operator TopicPattern(string text) => new(text);

    /// <summary>The same as the conversion, for languages without it.</summary>
    public static TopicPattern FromString(string text) => new(text);

    /// <summary>The pattern is for this topic.</summary>
    public bool Matches(TopicName topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return TopicText.Matches(Bytes, topic.Bytes);
    }

    /// <summary>The text.</summary>
    public override string ToString() => _text;

    /// <summary>Same text.</summary>
    public bool Equals(TopicPattern? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TopicPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
