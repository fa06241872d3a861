namespace NetCore.Transport;

/// <summary>Why a connection could not be made or was closed.</summary>
public enum TransportError
{
    /// <summary>Both sides ended their output in order. Not an error.</summary>
    None,

    /// <summary>This side aborted or disposed it.</summary>
    Aborted,

    /// <summary>The peer reset it.</summary>
    Reset,

    /// <summary>The peer does not answer: TCP gave up (user timeout or keep-alive).</summary>
    PeerTimeout,

    /// <summary>Nobody listens at the address.</summary>
    Refused,

    /// <summary>The network or host cannot be reached.</summary>
    Unreachable,

    /// <summary>The host name has no address.</summary>
    HostNotFound,

    /// <summary>The deadline for connecting passed.</summary>
    ConnectTimeout,

    /// <summary>Another process or listener has the address.</summary>
    AddressInUse,

    /// <summary>The address is not one of this machine.</summary>
    AddressNotAvailable,

    /// <summary>The operating system does not allow it.</summary>
    NotPermitted,

    /// <summary>The address is malformed or its scheme is not one of this transport.</summary>
    AddressNotSupported,

    /// <summary>The engine that was asked for is unknown or cannot run here.</summary>
    EngineNotAvailable,

    /// <summary>The receiver left more unconsumed than the limit allows.</summary>
    ReceiveOverflow,

    /// <summary>The receiver threw.</summary>
    ReceiverFailed,

    /// <summary>The send source threw or broke its contract.</summary>
    SourceFailed,

    /// <summary>File descriptors, memory, locked memory of a ring or the byte budget are used up.</summary>
    OutOfResources,

    /// <summary>
    /// The protocol above found the peer's bytes illegal and closed; the detail names the violation.
    /// </summary>
    ProtocolViolation,

    /// <summary>Another error of the operating system; the exception names it.</summary>
    SystemError,
}
