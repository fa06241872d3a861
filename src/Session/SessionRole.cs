namespace NetCore.Session;

/// <summary>Which side of the connection this is; it decides the parity of stream ids.</summary>
public enum SessionRole
{
    /// <summary>Connected: opens odd ids.</summary>
    Connector,

    /// <summary>Accepted: opens even ids.</summary>
    Acceptor,
}
