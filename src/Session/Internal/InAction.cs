namespace NetCore.Session.Internal;

/// <summary>What is to be done with a received frame after the gate is released.</summary>
internal enum InAction
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>Its bytes are a whole message, or complete one.</summary>
    Deliver,

    /// <summary>The same, and the stream has ended in order.</summary>
    DeliverAndEnd,

    /// <summary>Its bytes are a fragment to be kept.</summary>
    Assemble,

    /// <summary>The stream has ended, its bytes are of no use.</summary>
    End,

    /// <summary>The peer's hello: the session is established.</summary>
    Established,
}
