namespace NetCore.Transport;

/// <summary>What one kind of connection can do beyond the common contract.</summary>
[Flags]
public enum ConnectionCapabilities
{
    /// <summary>Only the common contract.</summary>
    None = 0,

    /// <summary>One direction can end while the other goes on.</summary>
    HalfClose = 1,
}
