using System.Globalization;

namespace NetCore.Bench.Html;

/// <summary>Figures with units, three digits of them.</summary>
internal static class Units
{
    public static string Rate(double perSecond) => perSecond switch
    {
        <= 0 => "-",
        >= 1e6 => $"{Digits(perSecond / 1e6)} M/s",
        >= 1e3 => $"{Digits(perSecond / 1e3)} k/s",
        _ => $"{Digits(perSecond)} /s",
    };

    public static string Time(double microseconds) => microseconds switch
    {
        <= 0 => "-",
        >= 1e6 => $"{Digits(microseconds / 1e6)} s",
        >= 1e3 => $"{Digits(microseconds / 1e3)} ms",
        < 1 => $"{Digits(microseconds * 1e3)} ns",
        _ => $"{Digits(microseconds)} µs",
    };

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1024 * 1024 => $"{Digits(bytes / 1024 / 1024)} MiB",
        >= 1024 => $"{Digits(bytes / 1024)} KiB",
        _ => $"{Digits(bytes)} B",
    };

    public static string Bandwidth(double gigabytes) => gigabytes <= 0 ? "-" : $"{Digits(gigabytes)} GB/s";

    public static string Factor(double ratio) => ratio <= 0 ? "-" : $"{Digits(ratio)}×";

    /// <summary>A round value, for an axis.</summary>
    public static string Tick(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A round time, for an axis.</summary>
    public static string TimeTick(double microseconds) => microseconds switch
    {
        >= 1e6 => $"{Tick(microseconds / 1e6)} s",
        >= 1e3 => $"{Tick(microseconds / 1e3)} ms",
        < 1 => $"{Tick(microseconds * 1e3)} ns",
        _ => $"{Tick(microseconds)} µs",
    };

    /// <summary>A round rate, for an axis.</summary>
    public static string RateTick(double perSecond) => perSecond switch
    {
        >= 1e6 => $"{Tick(perSecond / 1e6)} M/s",
        >= 1e3 => $"{Tick(perSecond / 1e3)} k/s",
        _ => $"{Tick(perSecond)} /s",
    };

    /// <summary>Three digits that count: 1.23, 12.3, 123, 1,234.</summary>
    public static string Digits(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.01 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
