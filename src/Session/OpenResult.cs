namespace NetCore.Session;

/// <summary>The answer to opening a stream. Everything but <see cref="Opened"/> means that nothing was sent.</summary>
public enum OpenResult
{
    /// <summary>It is open or waits for its turn; its callbacks will come.</summary>
    Opened,

    /// <summary>The session has ended.</summary>
    Closed,

    /// <summary>One of the sides is draining.</summary>
    Draining,

    /// <summary>Too many bytes wait to be sent already.</summary>
    QueueFull,

    /// <summary>The message is larger than the peer takes.</summary>
    MessageTooLarge,
}
