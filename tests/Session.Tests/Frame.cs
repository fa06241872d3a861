using System.Buffers.Binary;
using System.Text;
using NetCore.Framing;
using NetCore.Session.Internal;

namespace NetCore.Session.Tests;

/// <summary>One frame as the test writes it or reads it.</summary>
internal sealed record Frame(FrameHeader Header, byte[] Payload)
{
    public FrameKind Kind => Header.Kind;

    public ulong Id => Header.StreamId;

    public bool IsEnd => (Header.Flags & FrameFlags.End) != 0;

    public uint Code => BinaryPrimitives.ReadUInt32LittleEndian(Payload.AsSpan(Kind == FrameKind.GoAway ? 8 : 0));

    public ulong Value => BinaryPrimitives.ReadUInt64LittleEndian(Payload);

    public bool IsChecked => (Header.Flags & FrameFlags.Checksum) != 0;

    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[Header.WireLength];
            Assert.True(FrameEncoder.TryWrite(bytes, Header, Payload, out _));
            return bytes;
        }
    }

    public bool IsReset(ResetCode code) => Kind == FrameKind.Reset && Code == (uint)code;

    public static Frame Open(
        ulong id,
        byte[]? payload = null,
        bool end = true,
        bool more = false,
        UpperProtocol protocol = UpperProtocol.User) =>
        Stream(FrameKind.Open, id, payload, end, more, protocol);

    public static Frame Data(
        ulong id,
        byte[]? payload = null,
        bool end = true,
        bool more = false,
        UpperProtocol protocol = UpperProtocol.User) =>
        Stream(FrameKind.Data, id, payload, end, more, protocol);

    public static Frame Reset(ulong id, ResetCode code = ResetCode.Cancelled) =>
        Control(FrameKind.Reset, id, BitConverter.GetBytes((uint)code));

    public static Frame Credit(ulong id, uint bytes) => Control(FrameKind.Credit, id, BitConverter.GetBytes(bytes));

    public static Frame Ping(ulong value) => Control(FrameKind.Ping, 0, BitConverter.GetBytes(value));

    public static Frame Pong(ulong value) => Control(FrameKind.Pong, 0, BitConverter.GetBytes(value));

    public static Frame GoAway(ulong last, SessionError error, string detail = "") =>
        Control(FrameKind.GoAway, 0,
            [.. BitConverter.GetBytes(last), .. BitConverter.GetBytes((uint)error), .. Encoding.UTF8.GetBytes(detail)]);

    public static Frame Hello(SessionOptions? options = null, Action<byte[]>? edit = null, int extra = 0)
    {
        var payload = new byte[Internal.Hello.Size + extra];
        Internal.Hello.Of(options ?? SessionOptions.Default).Write(payload);
        edit?.Invoke(payload);
        return Control(FrameKind.Hello, 0, payload);
    }

    public static Frame Control(FrameKind kind, ulong id, byte[] payload) =>
        new(new FrameHeader(payload.Length, kind, FrameFlags.None, UpperProtocol.None, FrameClass.Call, id), payload);

    /// <summary>Reads all frames; the bytes must end at the end of one.</summary>
    public static List<Frame> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<Frame>();
        while (!bytes.IsEmpty)
        {
            Assert.Equal(FrameStatus.Complete, FrameDecoder.TryRead(bytes, out var view, out var consumed));
            frames.Add(new Frame(view.Header, view.Payload.ToArray()));
            bytes = bytes[consumed..];
        }

        return frames;
    }

    private static Frame Stream(
        FrameKind kind, ulong id, byte[]? payload, bool end, bool more, UpperProtocol protocol)
    {
        payload ??= [];
        var flags = more ? FrameFlags.More : end ? FrameFlags.End : FrameFlags.None;
        return new Frame(new FrameHeader(payload.Length, kind, flags, protocol, FrameClass.Call, id), payload);
    }
}
