using System.Text.Json.Nodes;
using NetCore.Testing.Shared;

namespace NetCore.Framing.Tests.Vectors;

/// <summary>Bytes, and what a decoder has to say to them.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Bytes">What has arrived.</param>
/// <param name="Status">The answer.</param>
/// <param name="Header">Of a frame that is complete.</param>
/// <param name="Payload">Of a frame that is complete, as on the wire.</param>
/// <param name="Decoded">After decompression, where that succeeds.</param>
internal sealed record FrameVector(
    string Name,
    byte[] Bytes,
    FrameStatus Status,
    FrameHeader Header = default,
    byte[]? Payload = null,
    byte[]? Decoded = null)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Name, ["bytes"] = HexRuns.Write(Bytes), ["status"] = $"{Status}",
        };
        if (Payload is not null)
        {
            json["kind"] = (int)Header.Kind;
            json["flags"] = (int)Header.Flags;
            json["protocol"] = (int)Header.Protocol;
            json["class"] = (int)Header.Class;
            json["stream"] = Header.StreamId;
            json["payload"] = HexRuns.Write(Payload);
        }

        if (Decoded is not null)
        {
            json["decoded"] = HexRuns.Write(Decoded);
        }

        return json;
    }

    public static FrameVector FromJson(JsonObject json)
    {
        var payload = (string?)json["payload"] is { } hex ? HexRuns.Read(hex) : null;
        var header = payload is null ? default : new FrameHeader(
            payload.Length,
            (FrameKind)(int)json["kind"]!,
            (FrameFlags)(int)json["flags"]!,
            (UpperProtocol)(int)json["protocol"]!,
            (FrameClass)(int)json["class"]!,
            (ulong)json["stream"]!);
        var decoded = (string?)json["decoded"] is { } text ? HexRuns.Read(text) : null;
        return new(
            (string)json["name"]!, HexRuns.Read((string)json["bytes"]!),
            Enum.Parse<FrameStatus>((string)json["status"]!), header, payload, decoded);
    }
}
