namespace NetCore.Core;

/// <summary>The size classes of a <see cref="BlockPool"/>; the byte counts stand in <see cref="CoreLimits"/>.</summary>
public enum BlockSize
{
    /// <summary>A message of up to 1 KiB with its headers.</summary>
    Small,

    /// <summary>One largest frame payload with its headers.</summary>
    Medium,

    /// <summary>A receive buffer or a send batch.</summary>
    Large,
}
