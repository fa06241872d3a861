namespace NetCore.Bench;

/// <summary>What a contestant is, which decides who makes its load and what it is compared with.</summary>
internal enum ContestantKind
{
    /// <summary>A server of bytes; the floor's client makes the load.</summary>
    Echo,

    /// <summary>
    /// The same, but each message has 16 bytes before it, which the server reads (<see cref="FramedMessage"/>).
    /// </summary>
    FramedEcho,

    /// <summary>Calls: both halves are the contestant's own.</summary>
    Rpc,

    /// <summary>A broker of topics: both halves are the contestant's own.</summary>
    Topics,
}
