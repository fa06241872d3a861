using NetCore.Fuzz.Clients;
using NetCore.Fuzz.Decoders;
using NetCore.Fuzz.Servers;
using NetCore.Fuzz.Sessions;

namespace NetCore.Fuzz;

/// <summary>Everything that takes bytes from a stranger, one line each.</summary>
internal static class Targets
{
    private static readonly string[] Resp =
    [
        "\r\n", "*1\r\n", "$-1\r\n", "$1\r\n", "%1\r\n", "|1\r\n", "_\r\n",
        "+", ":", "~", ">", "=", "!", "(", "#", ",",
    ];

    public static FuzzTarget[] All { get; } =
    [
        new("wire", WireCheck.Frames, Framed: true),
        new("lz4", Lz4Check.Decode),
        new("lz4-encode", Lz4Check.RoundTrip),
        new("crc", ChecksumCheck.Twins),
        new("length-prefix", static input => CodecCheck.Ready(ReadyCodecs.LengthPrefix, input), 1),
        new("varint", static input => CodecCheck.Ready(ReadyCodecs.Varint, input), 1),
        new("delimiter", static input => CodecCheck.Ready(ReadyCodecs.Delimiter, input), 1, Words: ["\r\n", "abab"]),
        new("line", static input => CodecCheck.Ready(ReadyCodecs.Line, input), 1, Words: ["\r\n", "\n", "\r"]),
        new("fixed", static input => CodecCheck.Ready(ReadyCodecs.FixedSize, input), 1),
        new("resp", SampleCheck.Resp, Words: Resp),
        new("memcached", SampleCheck.Memcached, Words: ["VALUE k 0 1\r\n", "END\r\n", "\r\n", "STORED\r\n", " "]),
        new("handshake", SessionCheck.Handshake, SessionScript.Bytes, Framed: true),
        new("session", SessionCheck.Frames, SessionScript.Bytes, Framed: true),
        new("calls", ServerCheck.Calls, SessionScript.Bytes, Framed: true),
        new("topics", ServerCheck.Topics, SessionScript.Bytes, Framed: true, "a.b", "keep.a", "*", ">"),
        new("answers", ClientCheck.Answers, SessionScript.Bytes, Framed: true),
        new("deliveries", ClientCheck.Deliveries, SessionScript.Bytes, Framed: true, "a.b", "a.c"),
    ];

    /// <summary>One of all, or one that must be found, by its name.</summary>
    public static FuzzTarget Get(string name) =>
        All.Concat([.. Canaries.All, Canaries.Kept, Canaries.Often]).FirstOrDefault(one => one.Name == name)
        ?? throw new UsageException(
            $"No target '{name}'; there are {string.Join(", ", All.Select(one => one.Name))}.");
}
