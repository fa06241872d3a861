using System.Diagnostics;
using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Doctor;

/// <summary>Server time of a 32-byte request over TCP, with one and with many that arrive together.</summary>
/// <remarks>
/// One thread plays the clients, then the server, and only the server's part is timed: no wake-up, no other core. What
/// differs is what the two ways to ask the kernel cost.
/// </remarks>
internal static unsafe class EngineCost
{
    public const int RequestBytes = 32;

    /// <summary>Requests that arrive together in the second kind of measurement.</summary>
    public const int Batch = 16;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Measurement Epoll(CorePair cores, int batch) =>
        Measure(
            $"epoll, server time of a request, {batch} at once", cores, batch, static pairs => new EpollEcho(pairs));

    public static Measurement Uring(CorePair cores, int batch, uint? flags)
    {
        var name = $"io_uring, server time of a request, {batch} at once";
        return flags is { } usable
            ? Measure(name, cores, batch, pairs => new UringEcho(pairs, usable))
            : Measurement.Unknown(name, "io_uring is not usable here");
    }

    private static Measurement Measure(string name, CorePair cores, int batch, Func<int[], IEchoEngine> engine) =>
        Measurement.Try(name, () =>
        {
            var histogram = new LatencyHistogram();
            PinnedThread.Run(cores.First, "engine", () => Run(batch, engine, histogram));
            return Measurement.Of(name, histogram);
        });

    private static void Run(int batch, Func<int[], IEchoEngine> engine, LatencyHistogram histogram)
    {
        var clients = new int[batch];
        var servers = new int[batch];
        var address = RawAddress.Of(new Uri("tcp://127.0.0.1:0"));
        var listener = RawSocket.Listen(address, out var actual);
        try
        {
            var target = RawAddress.Of(actual);
            for (var i = 0; i < batch; i++)
            {
                clients[i] = RawSocket.Connect(target, Patience);
                servers[i] = RawSocket.Accept(listener, target);
            }

            using var echo = engine(servers);
            Turn(clients, echo, WarmUp, new LatencyHistogram());
            Turn(clients, echo, Time, histogram);
        }
        finally
        {
            _ = Libc.Close(listener);
            foreach (var fd in clients.Concat(servers).Where(static fd => fd > 0))
            {
                _ = Libc.Close(fd);
            }
        }
    }

    private static void Turn(int[] clients, IEchoEngine echo, TimeSpan time, LatencyHistogram histogram)
    {
        var buffer = stackalloc byte[RequestBytes];
        var end = Stopwatch.GetTimestamp() + (long)time.TotalNanoseconds;
        while (Stopwatch.GetTimestamp() < end)
        {
            foreach (var client in clients)
            {
                _ = Libc.Send(client, buffer, RequestBytes, Libc.NoSignal);
            }

            var start = Stopwatch.GetTimestamp();
            echo.ServeAll();
            histogram.Record((Stopwatch.GetTimestamp() - start) / clients.Length);
            foreach (var client in clients)
            {
                if (Libc.Receive(client, buffer, RequestBytes, 0) != RequestBytes)
                {
                    throw new BenchException("an answer did not come back");
                }
            }
        }
    }
}
