using System.Diagnostics;
using NetCore.Core;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.LowLatency;

/// <summary>The same call as most programs make it.</summary>
internal static class OrdinaryWay
{
    /// <returns>The round trips.</returns>
    public static async Task<LatencyHistogram> MeasureAsync(ITransport transport, LowLatencyOptions options)
    {
        await using var server = await RpcServer.ListenAsync(
            options.Address, new EchoDispatcher(new EchoService()), new RpcServerOptions { Transport = transport });
        await using var client = await RpcClient.ConnectAsync(
            server.Address, new RpcClientOptions { Transport = transport });
        var echo = new EchoClient(client);
        await CallAsync(echo, Math.Max(1, options.Calls / 10));
        return await CallAsync(echo, options.Calls);
    }

    private static async Task<LatencyHistogram> CallAsync(EchoClient echo, int calls)
    {
        var latency = new LatencyHistogram();
        for (var i = 0; i < calls; i++)
        {
            var order = new Order(i, 7, 100, 5);
            var start = Stopwatch.GetTimestamp();
            var answer = await echo.EchoAsync(order);
            latency.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            if (answer != order)
            {
                throw new InvalidDataException("A call was answered with another call's order.");
            }
        }

        return latency;
    }
}
