namespace NetCore.Transport.Internal;

/// <summary>Drives a reactor on a thread of its own.</summary>
/// <remarks>Work that throws ends the process, as on any thread: handlers guard what is not theirs.</remarks>
internal sealed class ReactorThread : IDisposable
{
    private readonly Reactor _reactor;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Starts it; the reactor is its own from now on, also when this throws.</summary>
    /// <exception cref="TransportException">The process has no more threads or descriptors.</exception>
    public ReactorThread(string name, Reactor reactor)
    {
        _reactor = reactor;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        reactor.TryBind(_thread);
        try
        {
            _thread.UnsafeStart();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The runtime opens a file to start a thread, and says so when it has no descriptor for that.
            reactor.Dispose();
            throw new TransportException(
                TransportError.OutOfResources, "its thread cannot be started", exception);
        }
    }

    public Reactor Reactor => _reactor;

    /// <summary>Ends the thread when no descriptor is left or expected; posted work is done before.</summary>
    public void Stop()
    {
        _stopping = true;
        _reactor.Wake();
    }

    /// <summary>The same, and waits for that.</summary>
    public void Dispose()
    {
        Stop();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            _reactor.Begin();
            _reactor.IsDriven = true;
            while (!_stopping || !_reactor.TryEnd())
            {
                _reactor.Turn(Timeout.Infinite);
            }

            _reactor.RunLeft();
        }
        finally
        {
            _reactor.Dispose();
        }
    }
}
