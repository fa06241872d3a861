namespace NetCore.Framing;

/// <summary>The answer of a codec for other people's protocols.</summary>
public enum DecodeStatus
{
    /// <summary>A message was taken from the buffer.</summary>
    Complete,

    /// <summary>The message is not complete; call again with the same bytes and more.</summary>
    NeedMore,

    /// <summary>The message is longer than allowed. Nothing was taken; the connection should end.</summary>
    TooLarge,

    /// <summary>The bytes break a rule of the protocol. Nothing was taken; the connection should end.</summary>
    Malformed,
}
