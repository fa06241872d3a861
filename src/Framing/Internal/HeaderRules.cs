namespace NetCore.Framing.Internal;

/// <summary>What a header must obey beyond its layout. Encoder and decoder ask here, so they cannot disagree.</summary>
internal static class HeaderRules
{
    private const FrameFlags StreamFlags = FrameFlags.End | FrameFlags.More | FrameFlags.Compressed;
    private const FrameFlags AllFlags = StreamFlags | FrameFlags.Checksum;

    /// <summary>The first violation in a fixed order, so that every receiver gives the same reason.</summary>
    public static FrameStatus Check(in FrameHeader header)
    {
        if ((uint)header.PayloadLength > FramingLimits.MaxPayloadBytes)
        {
            return FrameStatus.PayloadTooLarge;
        }

        if (header.Kind is < FrameKind.Hello or > FrameKind.GoAway)
        {
            return FrameStatus.UnknownKind;
        }

        if ((header.Flags & ~AllFlags) != 0 || header.Class > FrameClass.Bulk)
        {
            return FrameStatus.ReservedBitsSet;
        }

        if (header.Protocol > UpperProtocol.User)
        {
            return FrameStatus.UnknownProtocol;
        }

        if (HasIllegalFlags(header))
        {
            return FrameStatus.IllegalFlags;
        }

        if (HasIllegalStreamId(header))
        {
            return FrameStatus.IllegalStreamId;
        }

        return HasIllegalLength(header) ? FrameStatus.IllegalLength : FrameStatus.Complete;
    }

    private static bool HasIllegalFlags(in FrameHeader header)
    {
        if (header.Kind is FrameKind.Open or FrameKind.Data)
        {
            const FrameFlags both = FrameFlags.End | FrameFlags.More;
            return (header.Flags & both) == both;
        }

        return (header.Flags & StreamFlags) != 0;
    }

    private static bool HasIllegalStreamId(in FrameHeader header) => header.Kind switch
    {
        FrameKind.Open or FrameKind.Data or FrameKind.Reset => header.StreamId == 0,
        FrameKind.Credit => false,
        _ => header.StreamId != 0,
    };

    private static bool HasIllegalLength(in FrameHeader header) => header.Kind switch
    {
        FrameKind.Hello => header.PayloadLength is < FramingLimits.MinHelloBytes or > FramingLimits.MaxHelloBytes,
        FrameKind.Reset => header.PayloadLength != FramingLimits.ResetBytes,
        FrameKind.Credit => header.PayloadLength != FramingLimits.CreditBytes,
        FrameKind.Ping or FrameKind.Pong => header.PayloadLength != FramingLimits.PingBytes,
        FrameKind.GoAway => header.PayloadLength is < FramingLimits.MinGoAwayBytes
            or > FramingLimits.MinGoAwayBytes + FramingLimits.MaxGoAwayDetailBytes,
        _ => false,
    };
}
