namespace NetCore.Samples.Redis;

/// <summary>A value of RESP2 or RESP3: the byte that it begins with, and its bytes or its items.</summary>
internal sealed record RespValue(char Kind, byte[]? Bytes = null, RespValue[]? Items = null)
{
    public bool IsNull => Kind == '_';

    public bool IsError => Kind is '-' or '!';

    /// <summary>The bytes as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes ?? []);

    public override string ToString() =>
        Items is null ? Text : $"[{string.Join(", ", Items.Select(item => $"{item}"))}]";
}
