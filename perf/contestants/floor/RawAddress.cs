using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace NetCore.Bench.Contenders;

/// <summary>An address of the tool as the kernel wants it: <c>sockaddr_in</c> or <c>sockaddr_un</c>.</summary>
internal sealed class RawAddress
{
    private const int LongestPath = 107;

    private RawAddress(Uri uri, byte[] bytes)
    {
        Uri = uri;
        Bytes = bytes;
    }

    public Uri Uri { get; }

    public byte[] Bytes { get; }

    public bool IsUnix => Bytes[0] == Libc.Unix;

    /// <param name="uri"><c>tcp://a.b.c.d:port</c> or <c>unix:///path</c>.</param>
    /// <exception cref="BenchException">It is neither, or the path is too long.</exception>
    public static RawAddress Of(Uri uri)
    {
        if (uri.Scheme == "unix")
        {
            var path = Encoding.UTF8.GetBytes(uri.LocalPath);
            return path.Length <= LongestPath
                ? new RawAddress(uri, [Libc.Unix, 0, .. path, 0])
                : throw new BenchException($"The path of {uri} is longer than {LongestPath} bytes.");
        }

        return IPAddress.TryParse(uri.Host, out var host) && host.GetAddressBytes() is { Length: 4 } four
            ? Inet(uri, four, (ushort)uri.Port)
            : throw new BenchException($"{uri} is no IPv4 address.");
    }

    /// <summary>Any port of an address 127.1.x.y; there are 65,536 of these.</summary>
    public static RawAddress Source(ushort number) =>
        Inet(new Uri("tcp://127.0.0.1:0"), [127, 1, (byte)(number >> 8), (byte)number], 0);

    private static RawAddress Inet(Uri uri, byte[] host, ushort port)
    {
        byte[] bytes = [Libc.Inet, 0, 0, 0, .. host, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), port);
        return new RawAddress(uri, bytes);
    }
}
