using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>From an address to the end points to try, in order. One per world.</summary>
/// <param name="lookUp">Asks for the addresses of a name; it need not look at a token.</param>
internal sealed class NameResolver(Func<string, Task<IPAddress[]>> lookUp)
{
    public static NameResolver Of(World world) =>
        world.GetOrAdd(static _ => new NameResolver(static host => Dns.GetHostAddressesAsync(host)));

    /// <summary>Gives the end points; ends at once when the token is cancelled.</summary>
    public async ValueTask<IReadOnlyList<EndPoint>> ResolveAsync(TransportAddress address, CancellationToken token)
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

        // The system's resolver does not look at a token once it has begun, and takes up to half a minute; an answer
        // that comes too late is dropped.
        var found = await lookUp(address.Host).WaitAsync(token).ConfigureAwait(false);
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
