using System.Diagnostics.CodeAnalysis;
using System.Text;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>Where to listen or connect: a scheme and what it needs. Immutable, equal by value.</summary>
/// <remarks>
/// Forms: <c>tcp://host:port</c> (IPv6 in brackets; host <c>*</c> listens on every IPv6 and IPv4 address),
/// <c>unix:///absolute/path</c>, <c>unix://@abstract-name</c>, <c>inproc://name</c>. <see cref="ToString"/> gives the
/// form back. A string converts by itself: <c>ConnectAsync("tcp://localhost:7000")</c>.
/// </remarks>
public sealed record TransportAddress
{
    private TransportAddress(TransportScheme scheme, string host, int port, string path)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>Kind of address.</summary>
    public TransportScheme Scheme { get; }

    /// <summary>TCP: name or IP address without brackets, or <c>*</c>. Otherwise empty.</summary>
    public string Host { get; }

    /// <summary>TCP: 0 to 65,535; 0 lets a listener pick one. Otherwise 0.</summary>
    public int Port { get; }

    /// <summary>Unix: the absolute path, or <c>@name</c>. In-process: the name. TCP: empty.</summary>
    public string Path { get; }

    /// <summary>True for a Unix name of the Linux abstract namespace, which has no file.</summary>
    public bool IsAbstract => Scheme == TransportScheme.Unix && Path[0] == '@';

    /// <summary>A TCP address.</summary>
    /// <exception cref="TransportException">
    /// Not a host or port (<see cref="TransportError.AddressNotSupported"/>).
    /// </exception>
    public static TransportAddress Tcp(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        return CheckTcp(host, port) is { } reason
            ? throw AddressParser.Error($"tcp://{host}:{port}", reason)
            : new TransportAddress(TransportScheme.Tcp, host, port, "");
    }

    /// <summary>The address of a Unix domain socket: an absolute path, or <c>@name</c>.</summary>
    /// <exception cref="TransportException">
    /// Not a path, or too long (<see cref="TransportError.AddressNotSupported"/>).
    /// </exception>
    public static TransportAddress Unix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CheckUnix(path) is { } reason
            ? throw AddressParser.Error("unix://" + path, reason)
            : new TransportAddress(TransportScheme.Unix, "", 0, path);
    }

    /// <summary>A name within one world.</summary>
    /// <exception cref="TransportException">No name (<see cref="TransportError.AddressNotSupported"/>).</exception>
    public static TransportAddress InProcess(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CheckName(name) is { } reason
            ? throw AddressParser.Error("inproc://" + name, reason)
            : new TransportAddress(TransportScheme.InProcess, "", 0, name);
    }

    /// <summary>Reads one of the forms.</summary>
    /// <exception cref="TransportException">
    /// None of them (<see cref="TransportError.AddressNotSupported"/>).
    /// </exception>
    public static TransportAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var address, out var reason) ? address : throw AddressParser.Error(text, reason);
    }

    /// <summary>Reads one of the forms; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TransportAddress? address)
    {
        address = null;
        return text is not null && TryParse(text, out address, out _);
    }

    /// <summary>Same as <see cref="Parse"/>.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse is the named form.")]
    public static implicit operator TransportAddress(string text) => Parse(text);

    /// <inheritdoc/>
    public override string ToString() => Scheme switch
    {
        TransportScheme.Tcp => Host.Contains(':', StringComparison.Ordinal)
            ? $"tcp://[{Host}]:{Port}" : $"tcp://{Host}:{Port}",
        TransportScheme.Unix => "unix://" + Path,
        _ => "inproc://" + Path,
    };

    private static bool TryParse(string text, [NotNullWhen(true)] out TransportAddress? address, out string reason)
    {
        address = null;
        if (!AddressParser.TrySplit(text, out var scheme, out var rest))
        {
            reason = "the scheme is none of these";
            return false;
        }

        var host = "";
        var port = 0;
        var fault = scheme switch
        {
            TransportScheme.Tcp => AddressParser.SplitHost(rest, out host, out port) ?? CheckTcp(host, port),
            TransportScheme.Unix => CheckUnix(rest),
            _ => CheckName(rest),
        };
        reason = fault ?? "";
        if (fault is null)
        {
            address = new TransportAddress(scheme, host, port, scheme == TransportScheme.Tcp ? "" : rest);
        }

        return fault is null;
    }

    private static string? CheckTcp(string host, int port) =>
        port is < 0 or > 65535 ? "the port is not within 0 to 65535"
        : !AddressParser.IsHost(host) ? "the host is neither a name nor an IP address nor *" : null;

    private static string? CheckUnix(string path) =>
        path.Length < 2 || path[0] is not ('/' or '@') ? "the path is neither absolute nor @name"
        : path.Contains('\0', StringComparison.Ordinal) ? "the path contains a zero byte"
        : Encoding.UTF8.GetByteCount(path) > TransportLimits.MaxUnixPathBytes
            ? $"the path is longer than {TransportLimits.MaxUnixPathBytes} bytes" : null;

    private static string? CheckName(string name) =>
        name.Length is 0 or > TransportLimits.MaxInProcessNameLength
            ? $"the name is not 1 to {TransportLimits.MaxInProcessNameLength} characters long" : null;
}
