using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Addresses of sockets in the project's form.</summary>
internal static class SocketAddresses
{
    public static TransportAddress Local(Socket socket, TransportAddress asked) => Of(socket.LocalEndPoint, asked);

    public static TransportAddress Remote(Socket socket, TransportAddress asked) => Of(socket.RemoteEndPoint, asked);

    /// <summary>The address that a listener has, with its real port; the wildcard stays one.</summary>
    public static TransportAddress Bound(Socket socket, TransportAddress asked) =>
        asked.Scheme == TransportScheme.Tcp && socket.LocalEndPoint is IPEndPoint end
            ? TransportAddress.Tcp(asked.Host, end.Port) : asked;

    public static UnixDomainSocketEndPoint Unix(TransportAddress address) =>
        new(address.IsAbstract ? "\0" + address.Path[1..] : address.Path);

    /// <summary>Throws unless the address is of a kind that sockets serve.</summary>
    public static void Check(TransportAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Scheme == TransportScheme.InProcess)
        {
            throw new TransportException(
                TransportError.AddressNotSupported,
                $"{address} is neither tcp:// nor unix://, which this transport serves.");
        }

        if (address.Scheme == TransportScheme.Unix && !Socket.OSSupportsUnixDomainSockets)
        {
            throw new TransportException(TransportError.AddressNotSupported, "This system has no Unix domain sockets.");
        }
    }

    private static TransportAddress Of(EndPoint? end, TransportAddress asked)
    {
        if (end is not IPEndPoint ip)
        {
            return asked;
        }

        // A dual-stack socket names an IPv4 peer as ::ffff:a.b.c.d.
        var address = ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address;
        return TransportAddress.Tcp(address.ToString(), ip.Port);
    }
}
