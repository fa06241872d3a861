namespace NetCore.Transport;

/// <summary>What moves the bytes of <c>tcp</c> and <c>unix</c> addresses.</summary>
public enum TransportEngine
{
    /// <summary>
    /// What the profile advises whose file the environment variable <c>NETCORE_TRANSPORT_PROFILE</c> names, where that
    /// can be had; without one epoll where it passes its self-test, else sockets. Default.
    /// </summary>
    Auto,

    /// <summary><see cref="SocketTransport"/>: runs everywhere.</summary>
    Sockets,

    /// <summary><see cref="EpollTransport"/>: Linux.</summary>
    Epoll,

    /// <summary><see cref="UringTransport"/>: Linux with io_uring, which sandboxes often forbid.</summary>
    Uring,
}
