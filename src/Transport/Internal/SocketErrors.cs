using System.Net.Sockets;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>What an error of the operating system means here: the one place of translation.</summary>
internal static class SocketErrors
{
    public static TransportError Translate(SocketError error) => error switch
    {
        // The peer sent a reset, or its process ended with our bytes unread.
        SocketError.ConnectionReset => TransportError.Reset,

        // EPIPE arrives as Shutdown: the peer closed while we sent, and the reset was taken by an earlier call.
        SocketError.Shutdown or SocketError.ConnectionAborted or SocketError.NetworkReset => TransportError.Reset,
        SocketError.NotConnected or SocketError.Disconnecting => TransportError.Reset,

        // Only from an established connection: user timeout or keep-alive. A connect maps it before
        // (TranslateConnect).
        SocketError.TimedOut => TransportError.PeerTimeout,

        // A host answered that nobody listens there; on a Unix socket also a stale file.
        SocketError.ConnectionRefused => TransportError.Refused,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => TransportError.Unreachable,
        SocketError.HostDown or SocketError.NetworkDown => TransportError.Unreachable,

        // The four answers of the resolver: no such name, no address of the name, and the server's failures.
        SocketError.HostNotFound or SocketError.NoData => TransportError.HostNotFound,
        SocketError.TryAgain or SocketError.NoRecovery => TransportError.HostNotFound,
        SocketError.AddressAlreadyInUse => TransportError.AddressInUse,
        SocketError.AddressNotAvailable => TransportError.AddressNotAvailable,

        // Ports below 1024, a directory without permission, a firewall rule that rejects.
        SocketError.AccessDenied => TransportError.NotPermitted,
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported
            or SocketError.ProtocolNotSupported => TransportError.AddressNotSupported,

        // Files of the process or system, kernel memory, local ports.
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable => TransportError.OutOfResources,

        // Our own close ended a pending operation.
        SocketError.OperationAborted or SocketError.Interrupted => TransportError.Aborted,
        _ => TransportError.SystemError,
    };

    /// <summary>The same while connecting, where two errors mean something else.</summary>
    public static TransportError TranslateConnect(SocketError error) => error switch
    {
        // The kernel's own retries ended before our deadline.
        SocketError.TimedOut => TransportError.ConnectTimeout,

        // Linux answers a connect to a Unix path that does not exist with ENOENT, which .NET has two names for.
        SocketError.AddressNotAvailable => TransportError.Refused,
        SocketError.SocketError => TransportError.Refused,
        _ => Translate(error),
    };

    public static IoResult Failed(SocketError error) =>
        IoResult.Failed(Translate(error), new SocketException((int)error));

    public static TransportException Exception(TransportError error, string what, SocketException inner) =>
        Of(error, what, inner.Message, inner);

    /// <summary>The error of a connect that has failed.</summary>
    public static TransportException Exception(TransportAddress address, SocketException inner)
    {
        var error = TranslateConnect(inner.SocketErrorCode);

        // .NET has other texts for ENOENT; see above.
        var isMissing = inner.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.SocketError
            && address.Scheme == TransportScheme.Unix && !Path.Exists(address.Path);
        var text = isMissing ? NativeErrors.Message(Errno.NoEntry) : inner.Message;
        return Of(error, $"Connecting to {address} failed", text, inner);
    }

    public static string Hint(TransportError error) => error switch
    {
        TransportError.Refused => " Nobody listens there: is the server running?",
        TransportError.ConnectTimeout => " Is the address right, and does no firewall drop the packets?",
        TransportError.HostNotFound => " Is the name right, and is a name server in reach?",
        TransportError.AddressInUse => " Another process or listener has the address.",
        TransportError.AddressNotAvailable =>
            " The address is not one of this machine, or the folder of a Unix socket does not exist.",
        TransportError.NotPermitted =>
            " Take a port above 1023, or get rights on the Unix socket and its folder.",
        _ => "",
    };

    private static TransportException Of(TransportError error, string what, string why, SocketException inner) =>
        new(error, $"{what}: {why} ({error}).{Hint(error)}", inner);
}
