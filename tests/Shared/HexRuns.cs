using System.Globalization;
using System.Text;

namespace NetCore.Testing.Shared;

/// <summary>Bytes as hexadecimal digits in parts; a part like <c>5A*16384</c> is one byte that is repeated.</summary>
public static class HexRuns
{
    private const int ShortestRun = 32;

    /// <summary>Writes them.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var written = 0;
        for (var i = 0; i < bytes.Length;)
        {
            var length = bytes[i..].IndexOfAnyExcept(bytes[i]);
            length = length < 0 ? bytes.Length - i : length;
            if (length >= ShortestRun)
            {
                Append(text, Convert.ToHexString(bytes[written..i]));
                Append(text, string.Create(CultureInfo.InvariantCulture, $"{bytes[i]:X2}*{length}"));
                written = i + length;
            }

            i += length;
        }

        Append(text, Convert.ToHexString(bytes[written..]));
        return text.ToString();
    }

    /// <summary>Reads them.</summary>
    public static byte[] Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part.Split('*') switch
        {
            [var value, var count] => Enumerable.Repeat(
                Convert.ToByte(value, 16), int.Parse(count, CultureInfo.InvariantCulture)),
            [var hex, ..] => Convert.FromHexString(hex),
            _ => [],
        })];
    }

    private static void Append(StringBuilder text, string part)
    {
        if (part.Length > 0)
        {
            text.Append(text.Length > 0 ? " " : "").Append(part);
        }
    }
}
