using System.Buffers.Binary;
using System.Text;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>The payload of a control frame before it is written.</summary>
/// <param name="Value">Ping's echo, or GOAWAY's last accepted stream.</param>
/// <param name="Code">Reset's or GOAWAY's code, or the granted bytes.</param>
/// <param name="Detail">GOAWAY's text.</param>
/// <param name="Hello">Hello's content.</param>
internal readonly record struct ControlPayload(ulong Value, uint Code, string? Detail = null, Hello? Hello = null)
{
    public int Write(FrameKind kind, Span<byte> destination)
    {
        switch (kind)
        {
            case FrameKind.Reset or FrameKind.Credit:
                BinaryPrimitives.WriteUInt32LittleEndian(destination, Code);
                return sizeof(uint);
            case FrameKind.Ping or FrameKind.Pong:
                BinaryPrimitives.WriteUInt64LittleEndian(destination, Value);
                return sizeof(ulong);
            case FrameKind.Hello:
                Hello!.Write(destination);
                return Internal.Hello.Size;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(destination, Value);
                BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Code);
                return 12 + WriteDetail(destination.Slice(12, SessionLimits.MaxDetailBytes));
        }
    }

    public static string? ReadDetail(ReadOnlySpan<byte> goAway) =>
        goAway.Length > 12 ? Printable(Encoding.UTF8.GetString(goAway[12..])) : null;

    // A text is cut at a character's border.
    private int WriteDetail(Span<byte> destination)
    {
        if (string.IsNullOrEmpty(Detail))
        {
            return 0;
        }

        Encoding.UTF8.GetEncoder().Convert(Detail, destination, flush: true, out _, out var bytes, out _);
        return bytes;
    }

    // A peer's text goes to logs and exceptions: no control characters that could forge a line.
    private static string Printable(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
}
