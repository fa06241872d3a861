using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Doctor;

/// <summary>32 bytes there and back between two threads on two cores, by the floor: what no SDK can be below.</summary>
internal static class RoundTrip
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(600);

    public static Measurement Blocking(CorePair cores, bool unix) =>
        Measure($"{Way(unix)} round trip, blocking", cores, unix, WaitMode.Block);

    public static Measurement KeptAwake(CorePair cores, bool unix)
    {
        var name = $"{Way(unix)} round trip, blocking, cores kept awake";
        return Measurement.Try(name, () =>
        {
            using var awake = new AwakeCores(cores);
            return Measure(name, cores, unix, WaitMode.Block);
        });
    }

    public static Measurement Polling(CorePair cores, bool unix) =>
        Measure($"{Way(unix)} round trip, both sides polling", cores, unix, WaitMode.Spin);

    private static string Way(bool unix) => unix ? "Unix socket" : "TCP loopback";

    private static Measurement Measure(string name, CorePair cores, bool unix, WaitMode wait)
    {
        if (cores.IsOne && wait == WaitMode.Spin)
        {
            return Measurement.Unknown(name, "two sides that poll need two cores, and this process may use one");
        }

        return Measurement.Try(name, () => Measurement.Of(name, Run(cores, unix, wait)));
    }

    private static LatencyHistogram Run(CorePair cores, bool unix, WaitMode wait)
    {
        var latency = new LatencyHistogram();
        var path = Path.Combine(Path.GetTempPath(), $"netcore-doctor-{Environment.ProcessId}.sock");
        var address = new Uri(unix ? $"unix://{path}" : "tcp://127.0.0.1:0");
        FloorServer? server = null;
        PinnedThread.Run(cores.First, "start", () =>
            server = new FloorServer(address, Service.Echo, wait == WaitMode.Spin, framed: false));
        try
        {
            PinnedThread.Run(cores.Second, "client", () =>
            {
                using var driver = new FloorDriver();
                driver.Connect(server!.Address, new LoadShape(Traffic.Echo, 1, 1, 32, 0, wait, TimeSpan.Zero));
                driver.Run(new Stretch(WarmUp, 0, new LatencyHistogram()));
                driver.Run(new Stretch(Time, 0, latency));
            });
        }
        finally
        {
            server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return latency;
    }
}
