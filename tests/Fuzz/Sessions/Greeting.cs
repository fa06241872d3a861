using NetCore.Framing;

namespace NetCore.Fuzz.Sessions;

/// <summary>The hello of a peer that is in order so far.</summary>
internal static class Greeting
{
    public static byte[] Hello { get; } = MakeHello();

    /// <summary>A frame of a message that is one.</summary>
    public static byte[] Frame(FrameKind kind, UpperProtocol protocol, ulong stream, byte[] payload)
    {
        var header = new FrameHeader(payload.Length, kind, FrameFlags.None, protocol, FrameClass.Call, stream);
        var frame = new byte[header.WireLength];
        FrameEncoder.TryWrite(frame, header, payload, out _);
        return frame;
    }

    private static byte[] MakeHello()
    {
        // W-28 to W-31 of docs/wire-format.md: versions 1 to 1, then the limits.
        var payload = new byte[FramingLimits.MinHelloBytes];
        "NCR1\u0001\0\u0001\0"u8.CopyTo(payload);
        foreach (var (at, value) in ((int, int)[])[(16, 1 << 20), (20, 1 << 16), (24, 1 << 17), (28, 5), (32, 5000)])
        {
            BitConverter.TryWriteBytes(payload.AsSpan(at), value);
        }

        return Frame(FrameKind.Hello, UpperProtocol.None, 0, payload);
    }
}
