using System.Runtime.CompilerServices;
using System.Text;

namespace NetCore.Bench.Html;

/// <summary>Builds HTML from interpolated strings whose values are escaped.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _text = new();

    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] HtmlHandler html)
    {
        _ = html;
        _text.Append('\n');
        return this;
    }

    public HtmlBuilder Add(Markup html)
    {
        _text.Append(html.Text);
        return this;
    }

    /// <summary>Only of what is HTML: nothing is escaped.</summary>
    public void Raw(string html) => _text.Append(html);

    public Markup ToMarkup() => new(_text.ToString());

    public override string ToString() => _text.ToString();
}
