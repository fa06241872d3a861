using System.Runtime.ExceptionServices;
using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A reactor of the application, on a thread of the test that polls it.</summary>
internal sealed class PolledReactor : IThreadPoolWorkItem
{
    private readonly AppReactor _reactor;
    private readonly Thread _thread;
    private Exception? _failure;
    private volatile bool _stop;

    public PolledReactor(WorldOptions options, WaitPolicy wait, TransportEngine engine)
    {
        _reactor = new AppReactor(new AppReactorOptions { Wait = wait, Engine = engine }, options);
        _thread = new Thread(PollAll) { IsBackground = true, Name = ProcessBaseline.PollingThread };
        _thread.Start();
    }

    public World World => _reactor.World;

    public ITransport Transport => _reactor.Transport;

    /// <summary>Ends it; not on its own thread.</summary>
    public void End()
    {
        _stop = true;
        World.Executor.Post(this);
        _thread.Join();
        _reactor.Dispose();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>Something that ends the last poll.</summary>
    public void Execute()
    {
    }

    private void PollAll()
    {
        while (!_stop)
        {
            try
            {
                _reactor.Poll(Timeout.InfiniteTimeSpan);
            }
#pragma warning disable CA1031 // Told at the end; what else was found must still run.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure ??= failure;
            }
        }
    }
}
