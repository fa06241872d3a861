namespace NetCore.Transport;

/// <summary>The kinds of <see cref="TransportAddress"/>.</summary>
public enum TransportScheme
{
    /// <summary><c>tcp://host:port</c>.</summary>
    Tcp,

    /// <summary><c>unix:///path</c> or <c>unix://@name</c> (Linux abstract name, no file).</summary>
    Unix,

    /// <summary><c>inproc://name</c>: within one world.</summary>
    InProcess,
}
