namespace NetCore.Bench;

/// <summary>What a server does with the bytes of an address it listens at.</summary>
internal enum Service
{
    /// <summary>Sends back what comes. RPC contestants answer all their calls here.</summary>
    Echo,

    /// <summary>
    /// Reads and drops until the client has shut down its sending side, then sends the number of bytes it has read as
    /// 8 bytes, little-endian, and closes.
    /// </summary>
    Sink,
}
