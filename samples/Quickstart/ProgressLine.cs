namespace NetCore.Quickstart;

/// <summary>
/// Shows how far a long piece of work is, four times a second; in a file or pipe only every few seconds.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private readonly Timer _timer;
    private readonly Func<string> _text;

    public ProgressLine(Func<string> text)
    {
        _text = text;
        var period = TimeSpan.FromMilliseconds(Console.IsOutputRedirected ? 3000 : 250);
        _timer = new Timer(_ => Show(), null, period, period);
    }

    public void Dispose()
    {
        _timer.Dispose();
        if (!Console.IsOutputRedirected)
        {
            Console.Write("\r\e[K");
        }
    }

    private void Show()
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(_text());
        }
        else
        {
            Console.Write($"\r\e[K{_text()}");
        }
    }
}
