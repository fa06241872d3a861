namespace NetCore.Framing;

/// <summary>
/// Which protocol above the session a frame belongs to; routes a stream without a look at its payload.
/// </summary>
public enum UpperProtocol : byte
{
    /// <summary>None: the session's own control frames.</summary>
    None = 0,

    /// <summary>Calls and call streams.</summary>
    Rpc = 1,

    /// <summary>Topics and subscriptions.</summary>
    PubSub = 2,

    /// <summary>A protocol of the user on bare streams.</summary>
    User = 3,
}
