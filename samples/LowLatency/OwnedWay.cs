using System.Diagnostics;
using NetCore.Core;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.LowLatency;

/// <summary>Both sides on reactors that their own threads poll: no other thread is woken for a call.</summary>
internal sealed class OwnedWay(LowLatencyOptions options)
{
    private readonly TaskCompletionSource<TransportAddress> _listening = new();
    private volatile bool _stop;

    /// <returns>The engine of the reactors, and the round trips.</returns>
    public (string Engine, LatencyHistogram Latency) Measure()
    {
        var server = new Thread(Serve) { IsBackground = true, Name = "server" };
        server.Start();
        try
        {
            return Call();
        }
        finally
        {
            _stop = true;
            server.Join();
        }
    }

    private void Serve()
    {
        try
        {
            using var reactor = new AppReactor(options.Reactor);
            var server = reactor.Run(RpcServer.ListenAsync(
                options.Address,
                new EchoDispatcher(new EchoService()),
                new RpcServerOptions { World = reactor.World }));
            _listening.SetResult(server.Address);
            while (!_stop)
            {
                reactor.Poll(TimeSpan.FromMilliseconds(100));
            }

            reactor.Run(server.DisposeAsync());
        }
        catch (Exception exception) when (_listening.TrySetException(exception))
        {
            // The client tells it.
        }
    }

    private (string Engine, LatencyHistogram Latency) Call()
    {
        var address = _listening.Task.GetAwaiter().GetResult();
        using var reactor = new AppReactor(options.Reactor);
        var client = reactor.Run(RpcClient.ConnectAsync(address, new RpcClientOptions { World = reactor.World }));
        var echo = new EchoClient(client);
        Call(reactor, echo, Math.Max(1, options.Calls / 10));
        var latency = Call(reactor, echo, options.Calls);
        reactor.Run(client.DisposeAsync());
        return (reactor.Transport.Backend, latency);
    }

    private static LatencyHistogram Call(AppReactor reactor, EchoClient echo, int calls)
    {
        var latency = new LatencyHistogram();
        for (var i = 0; i < calls; i++)
        {
            var order = new Order(i, 7, 100, 5);
            var start = Stopwatch.GetTimestamp();
            var answer = reactor.Run(echo.EchoAsync(order));
            latency.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            if (answer != order)
            {
                throw new InvalidDataException("A call was answered with another call's order.");
            }
        }

        return latency;
    }
}
