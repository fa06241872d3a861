namespace NetCore.Framing;

/// <summary>Priority class of a frame. Two bits on the wire; the values 2 and 3 are refused.</summary>
public enum FrameClass : byte
{
    /// <summary>Calls: sent before bulk.</summary>
    Call = 0,

    /// <summary>Bulk: sent in bounded chunks when no call waits.</summary>
    Bulk = 1,
}
