namespace NetCore.Bench.Contenders;

/// <summary>What the server keeps for a connection; the arrays only while something is in them.</summary>
internal sealed class FloorConnection(int fd)
{
    public int Fd { get; } = fd;

    /// <summary>Bytes that the socket did not take; nothing is read while there are any.</summary>
    public byte[]? Unsent { get; set; }

    /// <summary>The first bytes of a frame whose end has not come.</summary>
    public byte[]? Begun { get; set; }

    /// <summary>Bytes read so far, counted by a sink.</summary>
    public long Read { get; set; }
}
