using System.Text;

namespace NetCore.Samples.Redis;

/// <summary>A value of RESP2 or RESP3: the byte that it begins with, and its bytes or its items.</summary>
internal sealed record RespValue(char Kind, byte[]? Bytes = null, RespValue[]? Items = null)
{
    public string Text => Encoding.UTF8.GetString(Bytes ?? []);

    public static implicit operator RespValue(string text) => new('$', Encoding.UTF8.GetBytes(text));

    public override string ToString() => Items is null ? Text : $"[{string.Join<RespValue>(", ", Items)}]";
}
