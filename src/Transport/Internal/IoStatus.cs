namespace NetCore.Transport.Internal;

/// <summary>How far an operation got.</summary>
internal enum IoStatus
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>Receive: nothing there now. Send: the rest is under way and a completion follows.</summary>
    Pending,

    /// <summary>The connection is broken.</summary>
    Failed,
}
