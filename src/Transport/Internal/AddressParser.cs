using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Takes the text of an address apart. Answers null for good and otherwise what is wrong with it.</summary>
internal static class AddressParser
{
    public static bool TrySplit(string text, out TransportScheme scheme, out string rest)
    {
        foreach (var (prefix, value) in (ReadOnlySpan<(string, TransportScheme)>)
            [
                ("tcp://", TransportScheme.Tcp),
                ("unix://", TransportScheme.Unix),
                ("inproc://", TransportScheme.InProcess),
            ])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                scheme = value;
                rest = text[prefix.Length..];
                return true;
            }
        }

        scheme = default;
        rest = "";
        return false;
    }

    public static string? SplitHost(string rest, out string host, out int port)
    {
        host = "";
        port = 0;
        var colon = rest.LastIndexOf(':');
        if (colon < 0 || colon < rest.LastIndexOf(']'))
        {
            return "the port is missing";
        }

        host = rest[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            if (!host.Contains(':', StringComparison.Ordinal))
            {
                return "only an IPv6 address stands in brackets";
            }
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return "an IPv6 address stands in brackets";
        }

        return int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            ? null : "the port is not a number within 0 to 65535";
    }

    public static bool IsHost(string host) =>
        host == "*"
        || (host.Contains(':', StringComparison.Ordinal)
            ? IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
            : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4);

    public static TransportException Error(string text, string reason) => new(
        TransportError.AddressNotSupported,
        $"'{text}' is not an address: {reason}. Forms: tcp://host:port, tcp://[ipv6]:port, tcp://*:port, "
        + "unix:///absolute/path, unix://@abstract-name, inproc://name.");
}
