using NetCore.Core;
using NetCore.LowLatency;
using NetCore.Transport;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(LowLatencyOptions.Help);
    return 0;
}

if (LowLatencyOptions.Parse(args, out var options) is { } error)
{
    Console.Error.WriteLine(error);
    Console.WriteLine(LowLatencyOptions.Help);
    return 2;
}

try
{
    // Made before anything is measured: an engine of the environment that cannot be had is told at once.
    var ordinary = Transports.Create(World.Default);
    Console.WriteLine($"{options.Calls:N0} calls of 32 bytes, one at a time, at {options.Place}; microseconds");
    Print($"owned, {options.WaitName}", new OwnedWay(options).Measure());
    Print("ordinary", (ordinary.Backend, await OrdinaryWay.MeasureAsync(ordinary, options)));
    return 0;
}
catch (Exception exception) when (exception is IOException or PlatformNotSupportedException or FormatException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void Print(string way, (string Engine, LatencyHistogram Latency) measured)
{
    var latency = measured.Latency;
    Console.WriteLine(
        $"{way + ", on " + measured.Engine,-25} p50 {Micros(latency, 50),7:F1}  p99 {Micros(latency, 99),7:F1}  "
        + $"p99.9 {Micros(latency, 99.9),7:F1}  max {latency.Max / 1000.0,8:F1}");
}

static double Micros(LatencyHistogram latency, double percentile) => latency.ValueAt(percentile) / 1000.0;
