namespace NetCore.Native;

/// <summary>Error numbers of Linux, the same on x64 and Arm64 (<c>asm-generic/errno.h</c>).</summary>
internal enum Errno
{
    None = 0,
    NotPermitted = 1,
    NoEntry = 2,
    Interrupted = 4,
    BadFile = 9,
    Again = 11,
    NoMemory = 12,
    AccessDenied = 13,
    Fault = 14,
    Busy = 16,
    Exists = 17,
    Invalid = 22,
    FileTableFull = 23,
    TooManyFiles = 24,
    Pipe = 32,
    NotImplemented = 38,

    /// <summary>Of a ring: it has lost completions.</summary>
    BadRequest = 53,
    TimerExpired = 62,
    Protocol = 71,

    /// <summary>Of a ring: it is not enabled.</summary>
    BadFileState = 77,
    NotSocket = 88,
    ProtocolNotAvailable = 92,
    ProtocolNotSupported = 93,
    NotSupported = 95,
    FamilyNotSupported = 97,
    AddressInUse = 98,
    AddressNotAvailable = 99,
    NetworkDown = 100,
    NetworkUnreachable = 101,
    NetworkReset = 102,
    ConnectionAborted = 103,
    ConnectionReset = 104,
    NoBuffers = 105,
    NotConnected = 107,
    Shutdown = 108,
    TimedOut = 110,
    ConnectionRefused = 111,
    HostDown = 112,
    HostUnreachable = 113,
    Already = 114,
    InProgress = 115,
    Canceled = 125,
}
