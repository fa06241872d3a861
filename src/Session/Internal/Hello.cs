using System.Buffers.Binary;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>What each side tells the other first: versions, features and limits.</summary>
internal sealed record Hello(
    ushort MinVersion,
    ushort MaxVersion,
    ulong Features,
    uint MaxMessageBytes,
    uint StreamWindow,
    uint ConnectionWindow,
    uint MaxStreams,
    uint PingAfterMilliseconds)
{
    public const int Size = 40;

    /// <summary>"NCR1" in little-endian order.</summary>
    public const uint Magic = 0x3152434E;

    public static Hello Of(SessionOptions options) => new(
        SessionLimits.MinVersion,
        SessionLimits.MaxVersion,
        0,
        (uint)options.MaxMessageBytes,
        (uint)options.StreamWindowBytes,
        (uint)options.ConnectionWindowBytes,
        (uint)options.MaxStreams,
        (uint)options.PingAfter.TotalMilliseconds);

    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], MinVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], MaxVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Features);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], MaxMessageBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], StreamWindow);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], ConnectionWindow);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], MaxStreams);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[32..], PingAfterMilliseconds);
    }

    /// <summary>Reads and checks a peer's hello.</summary>
    /// <returns><see cref="SessionError.None"/>, or what is wrong; <paramref name="detail"/> explains it.</returns>
    public static SessionError TryRead(ReadOnlySpan<byte> payload, out Hello? hello, out string? detail)
    {
        hello = null;
        detail = null;
        if (payload.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(payload) != Magic)
        {
            detail = "The peer's first frame has not the magic number of this protocol.";
            return SessionError.NotThisProtocol;
        }

        var read = new Hello(
            BinaryPrimitives.ReadUInt16LittleEndian(payload[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(payload[6..]),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[32..]));
        if (read.MinVersion > SessionLimits.MaxVersion || read.MaxVersion < SessionLimits.MinVersion)
        {
            detail = $"The peer speaks wire versions {read.MinVersion} to {read.MaxVersion}, this side "
                + $"{SessionLimits.MinVersion} to {SessionLimits.MaxVersion}: update the older one.";
            return SessionError.IncompatibleVersion;
        }

        if (!InRange(read.StreamWindow, SessionLimits.MinWindowBytes, SessionLimits.MaxWindowBytes)
            || !InRange(read.ConnectionWindow, SessionLimits.MinWindowBytes, SessionLimits.MaxWindowBytes)
            || !InRange(read.MaxMessageBytes, FramingLimits.MaxPayloadBytes, SessionLimits.MaxMessageBytes)
            || !InRange(read.MaxStreams, 1, SessionLimits.MaxStreams))
        {
            detail = "The peer's hello announces a window, message size or stream count that is out of range.";
            return SessionError.BadHello;
        }

        hello = read;
        return SessionError.None;
    }

    private static bool InRange(uint value, int min, int max) => value >= min && value <= max;
}
