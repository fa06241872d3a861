using System.Diagnostics;
using System.Globalization;

namespace NetCore.Ticker;

/// <summary>
/// A table that is drawn over itself ten times a second; plain lines at the end where there is no terminal.
/// </summary>
internal sealed class Screen
{
    private const int FramesPerSecond = 10;

    private readonly SortedDictionary<string, string> _rows = [];
    private long _shownAt;
    private int _height;

    public void Set(string topic, Price price, ulong sequence) => _rows[topic] = string.Create(
        CultureInfo.InvariantCulture, $"{topic,-16} {price.Bid,10:0.00000} {price.Ask,10:0.00000}  #{sequence}");

    public void Show(long delivered, long replaced)
    {
        if (Console.IsOutputRedirected || Stopwatch.GetElapsedTime(_shownAt).TotalSeconds < 1.0 / FramesPerSecond)
        {
            return;
        }

        _shownAt = Stopwatch.GetTimestamp();
        Draw(delivered, replaced);
    }

    public void End(long delivered, long replaced) => Draw(delivered, replaced);

    private void Draw(long delivered, long replaced)
    {
        if (_height > 0 && !Console.IsOutputRedirected)
        {
            Console.Write($"\e[{_height}A");
        }

        foreach (var row in _rows.Values)
        {
            Console.WriteLine(row);
        }

        Console.WriteLine($"{delivered} shown, {replaced} replaced by newer ones before");
        _height = _rows.Count + 1;
    }
}
