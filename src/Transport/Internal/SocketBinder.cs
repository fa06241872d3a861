using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Makes listening sockets.</summary>
internal static class SocketBinder
{
    public static async ValueTask<Socket> BindAsync(
        ISocketHost host, TransportAddress address, ListenOptions options, CancellationToken token)
    {
        try
        {
            return address.Scheme == TransportScheme.Unix
                ? await BindUnixAsync(host, address, options.Backlog, token).ConfigureAwait(false)
                : await BindTcpAsync(host.World, address, options, token).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw SocketErrors.Exception(
                SocketErrors.Translate(exception.SocketErrorCode), $"Listening on {address} failed", exception);
        }
    }

    private static async ValueTask<Socket> BindTcpAsync(
        World world, TransportAddress address, ListenOptions options, CancellationToken token)
    {
        var backlog = options.Backlog;
        if (address.Host == "*" && !Socket.OSSupportsIPv6)
        {
            return Listen(new IPEndPoint(IPAddress.Any, address.Port), dual: false, backlog);
        }

        if (address.Host == "*")
        {
            return Listen(new IPEndPoint(IPAddress.IPv6Any, address.Port), dual: true, backlog);
        }

        // A name listens on its first address; connecting tries them all.
        var ends = await ResolveAsync(world, address, options.ResolveTimeout, token).ConfigureAwait(false);
        var end = (IPEndPoint)(ends.Count > 0 ? ends[0] : throw new SocketException((int)SocketError.HostNotFound));
        return Listen(end, dual: end.Address.Equals(IPAddress.IPv6Any), backlog);
    }

    private static async ValueTask<IReadOnlyList<EndPoint>> ResolveAsync(
        World world, TransportAddress address, TimeSpan timeout, CancellationToken token)
    {
        using var deadline = new Deadline(world, timeout, token);
        try
        {
            return await NameResolver.Of(world).ResolveAsync(address, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            var hint = SocketErrors.Hint(TransportError.HostNotFound);
            throw new TransportException(
                TransportError.HostNotFound,
                $"Resolving {address} took longer than {timeout} (HostNotFound).{hint}",
                exception);
        }
    }

    private static Socket Listen(IPEndPoint end, bool dual, int backlog)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (end.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = dual;
            }

            // On Linux .NET sets SO_REUSEADDR at bind, so that connections in TIME_WAIT do not keep the port.
            socket.Bind(end);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Socket> BindUnixAsync(
        ISocketHost host, TransportAddress address, int backlog, CancellationToken token)
    {
        if (!address.IsAbstract)
        {
            await UnixSocketFile.RemoveStaleAsync(host, address, token).ConfigureAwait(false);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(SocketAddresses.Unix(address));
            if (!address.IsAbstract && !OperatingSystem.IsWindows())
            {
                // Between bind and listen a connect is refused, so nobody comes in under the umask's permissions.
                File.SetUnixFileMode(address.Path, host.Options.UnixFileMode);
            }

            socket.Listen(backlog);
            return socket;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new TransportException(
                TransportError.NotPermitted,
                $"The permissions of {address.Path} cannot be set (NotPermitted).",
                exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
