using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>An application's thread that polls its reactor and has nothing else to do.</summary>
internal sealed class PollingThread
{
    // A stop is seen by the next poll; a reactor that never sleeps comes back at once anyway.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private readonly AppReactor _reactor;
    private readonly Thread _thread;
    private volatile bool _stopping;

    private PollingThread(AppReactor reactor)
    {
        _reactor = reactor;
        _thread = new Thread(Poll) { IsBackground = true, Name = "NetCore application" };
        _thread.Start();
    }

    public static EngineTransport Start(AppReactorOptions options)
    {
        var reactor = new AppReactor(options);
        var polling = new PollingThread(reactor);
        return new EngineTransport(reactor.World, reactor.Transport, polling.Stop, () => reactor.Counters);
    }

    private void Poll()
    {
        while (!_stopping)
        {
            _reactor.Poll(Patience);
        }

        _reactor.Dispose();
    }

    private void Stop()
    {
        _stopping = true;
        _thread.Join();
    }
}
