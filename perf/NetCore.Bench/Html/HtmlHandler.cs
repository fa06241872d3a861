using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace NetCore.Bench.Html;

/// <summary>
/// What stands in the braces of <see cref="HtmlBuilder.Add"/> is escaped, unless it is <see cref="Markup"/> already.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler(int literalLength, int formattedCount, HtmlBuilder builder)
{
    // The compiler asks for both; the builder grows by itself.
    private readonly int _hint = literalLength + formattedCount;

    public void AppendLiteral(string value) => builder.Raw(value);

    public void AppendFormatted(string? value) => builder.Raw(WebUtility.HtmlEncode(value ?? ""));

    public void AppendFormatted(Markup value) => builder.Raw(value.Text);

    public void AppendFormatted(double value) => AppendFormatted(value, "0.##");

    public void AppendFormatted(double value, string format) =>
        builder.Raw(value.ToString(format, CultureInfo.InvariantCulture));

    public void AppendFormatted(int value) => builder.Raw(value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => $"about {_hint} characters";
}
