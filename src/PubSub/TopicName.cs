using System.Text;
using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>A topic: 1 to 16 levels between dots, 255 bytes of UTF-8 at most. Immutable.</summary>
/// <remarks>
/// A level has one character at least; control characters, white space of ASCII, <c>*</c> and <c>&gt;</c> are not
/// allowed.
/// </remarks>
public sealed class TopicName : IEquatable<TopicName>
{
    private readonly string _text;

    /// <summary>Checks and keeps a topic.</summary>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public TopicName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Bytes = Encoding.UTF8.GetBytes(text);
        if (TopicText.Problem(Bytes, isPattern: false) is { } problem)
        {
            throw new ArgumentException($"The topic is malformed: {problem}", nameof(text));
        }

        _text = text;
    }

    internal byte[] Bytes { get; }

    /// <summary>Checks and keeps a topic.</summary>
    public static implicit operator TopicName(string text) => new(text);

    /// <summary>The same as the conversion, for languages without it.</summary>
    public static TopicName FromString(string text) => new(text);

    /// <summary>The text.</summary>
    public override string ToString() => _text;

    /// <summary>Same text.</summary>
    public bool Equals(TopicName? other) => other is not null && other._text == _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TopicName);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
