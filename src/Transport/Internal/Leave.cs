namespace NetCore.Transport.Internal;

/// <summary>What became of the holder of a role that wanted to leave.</summary>
internal enum Leave
{
    /// <summary>It holds on: there is more to do.</summary>
    Stay,

    /// <summary>It has left.</summary>
    Left,

    /// <summary>It has left and the connection is closed: this side is over, and only this holder says so.</summary>
    Closed,
}
