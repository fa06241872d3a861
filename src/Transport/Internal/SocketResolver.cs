using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>From an address to the end points to try, in order.</summary>
internal static class SocketResolver
{
    public static async ValueTask<IReadOnlyList<EndPoint>> ResolveAsync(
        TransportAddress address, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (address.Scheme == TransportScheme.Unix)
        {
            return [SocketAddresses.Unix(address)];
        }

        if (address.Host == "*")
        {
            throw new TransportException(
                TransportError.AddressNotSupported, $"{address} is for listening; connect to a host.");
        }

        if (IPAddress.TryParse(address.Host, out var ip))
        {
            return [new IPEndPoint(ip, address.Port)];
        }

        var found = await Dns.GetHostAddressesAsync(address.Host, token).ConfigureAwait(false);
        return Alternate(found).Select(one => new IPEndPoint(one, address.Port)).ToArray();
    }

    // Families take turns, the resolver's first choice first: one broken family then costs one turn, not all of them.
    private static IEnumerable<IPAddress> Alternate(IPAddress[] found)
    {
        var family = found.Length == 0 ? AddressFamily.InterNetwork : found[0].AddressFamily;
        var preferred = found.Where(one => one.AddressFamily == family).ToArray();
        var others = found.Where(one => one.AddressFamily != family).ToArray();
        for (var i = 0; i < Math.Max(preferred.Length, others.Length); i++)
        {
            if (i < preferred.Length)
            {
                yield return preferred[i];
            }

            if (i < others.Length)
            {
                yield return others[i];
            }
        }
    }
}
