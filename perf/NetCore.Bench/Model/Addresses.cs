using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench;

/// <summary>From the addresses of the command line to those of the runtime.</summary>
internal static class Addresses
{
    extension(Uri address)
    {
        /// <summary>Whether it is <c>unix:///path</c>; otherwise it is <c>tcp://host:port</c>.</summary>
        public bool IsUnix => address.Scheme == "unix";

        /// <summary>Without the slash that a Uri adds behind the port.</summary>
        public string Text => address.IsUnix ? $"unix://{address.AbsolutePath}" : $"tcp://{address.Authority}";
    }

    public static EndPoint EndPointOf(Uri address) => address.IsUnix
        ? new UnixDomainSocketEndPoint(address.AbsolutePath)
        : new IPEndPoint(IPAddress.Parse(address.Host), address.Port);

    /// <summary>A stream socket for it, which sends small messages at once.</summary>
    public static Socket NewSocket(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
