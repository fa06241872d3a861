namespace NetCore.Framing;

/// <summary>The order of the bytes of a number on the wire.</summary>
public enum ByteOrder
{
    /// <summary>Most significant byte first, the usual order of network protocols.</summary>
    BigEndian,

    /// <summary>Least significant byte first.</summary>
    LittleEndian,
}
