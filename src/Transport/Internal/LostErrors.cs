using System.Net.Sockets;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>The error of a connection that another call has been told.</summary>
/// <remarks>
/// The kernel tells it once. When a send gets it, a receive on another thread finds an end of the input before that
/// send comes to close the connection, and what was cut off would look whole; when a receive gets it, a send finds a
/// broken pipe. So TCP is asked. A Unix domain socket has nobody to ask.
/// </remarks>
internal static class LostErrors
{
    /// <summary>What an end of the input after so many bytes is. See <see cref="IConnectionIo.ConfirmEnd"/>.</summary>
    public static IoResult OfEnd(int descriptor, bool isUnix, long received) =>
        isUnix ? IoResult.Done(0) : EndOr(TcpState.LostError(descriptor, received));

    /// <summary>The same of a socket of the runtime.</summary>
    public static IoResult OfEnd(Socket socket, long received) => EndOr(Of(socket, received));

    /// <summary>What has failed a send: a pipe is broken here only after its error was told.</summary>
    public static IoResult OfSend(int descriptor, bool isUnix, Errno error) => NativeErrors.Failed(
        !isUnix && error == Errno.Pipe && TcpState.LostError(descriptor) is var lost && lost != Errno.None
            ? lost : error);

    /// <inheritdoc cref="OfSend(int, bool, Errno)"/>
    public static IoResult OfSend(Socket socket, SocketError error) =>
        error == SocketError.Shutdown && Of(socket, long.MaxValue) is var lost && lost != Errno.None
            ? NativeErrors.Failed(lost) : SocketErrors.Failed(error);

    private static IoResult EndOr(Errno lost) =>
        lost == Errno.None ? IoResult.Done(0) : NativeErrors.Failed(lost);

    private static Errno Of(Socket socket, long received)
    {
        if (!OperatingSystem.IsLinux() || socket.ProtocolType != ProtocolType.Tcp)
        {
            return Errno.None;
        }

        try
        {
            Span<byte> info = stackalloc byte[TcpState.InfoBytes];
            Span<byte> limit = stackalloc byte[sizeof(uint)];
            var length = socket.GetRawSocketOption(TcpState.LevelTcp, TcpState.OptionInfo, info);
            socket.GetRawSocketOption(TcpState.LevelTcp, TcpState.OptionUserTimeout, limit);
            return TcpState.LostError(info[..length], BitConverter.ToUInt32(limit), received);
        }
        catch (SocketException)
        {
            return Errno.None;
        }
    }
}
