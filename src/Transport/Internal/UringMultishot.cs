namespace NetCore.Transport.Internal;

/// <summary>Where one request receives again and again.</summary>
internal enum UringMultishot
{
    Never,

    /// <summary>
    /// Not on Unix domain sockets, where some kernels miss the end of the input when it comes with the last bytes.
    /// </summary>
    Tcp,

    /// <summary>For tests.</summary>
    Always,
}
