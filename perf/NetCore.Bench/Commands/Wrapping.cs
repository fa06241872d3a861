using System.Text;

namespace NetCore.Bench;

/// <summary>Text that fits a terminal.</summary>
internal static class Wrapping
{
    private const int Width = 110;

    /// <summary>Adds a text, broken at spaces; further lines begin below the first one's text.</summary>
    /// <param name="text">Gets the lines.</param>
    /// <param name="start">What stands before the first line.</param>
    /// <param name="value">What is broken.</param>
    public static StringBuilder AppendWrapped(this StringBuilder text, string start, string value)
    {
        var room = Width - start.Length;
        while (value.Length > room)
        {
            var end = value.LastIndexOf(' ', room);
            if (end <= value.Length - value.TrimStart().Length)
            {
                break;
            }

            text.Append(start).AppendLine(value[..end]);
            value = value[(end + 1)..];
            start = new string(' ', start.Length);
        }

        return text.Append(start).AppendLine(value);
    }
}
