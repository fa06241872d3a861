using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>The reactors of one transport. Thread-safe.</summary>
internal sealed class ReactorGroup : IDisposable
{
    // More loops than this were seen to gain nothing; one processor is left to the code that is called.
    private const int MostByDefault = 8;

    private readonly Reactor[] _reactors;
    private readonly ReactorThread[] _threads;

    /// <summary>One reactor that somebody else drives and ends.</summary>
    public ReactorGroup(Reactor reactor)
    {
        _reactors = [reactor];
        _threads = [];
    }

    /// <summary>Reactors with threads of their own.</summary>
    /// <param name="world">Where they live.</param>
    /// <param name="reactors">How many; 0 means the default.</param>
    /// <param name="engine">Part of the threads' names.</param>
    /// <param name="part">What a reactor is called when it cannot be made.</param>
    /// <param name="make">Makes one.</param>
    /// <exception cref="TransportException">One of them cannot be made.</exception>
    public ReactorGroup(World world, int reactors, string engine, string part, Func<Reactor> make)
    {
        var count = CountOf(reactors);
        var threads = new List<ReactorThread>(count);
        try
        {
            while (threads.Count < count)
            {
                var reactor = make();
                reactor.Join(world);
                threads.Add(new ReactorThread($"NetCore {engine} {threads.Count}", reactor));
            }
        }
        catch (Exception exception)
        {
            threads.ForEach(static thread => thread.Dispose());
            if (exception is TransportException failure)
            {
                throw new TransportException(
                    failure.Error,
                    $"{part} {threads.Count + 1} of {count} cannot be made: {EngineRefusal.Reason(failure)}",
                    failure);
            }

            throw;
        }

        _threads = [.. threads];
        _reactors = Array.ConvertAll(_threads, static thread => thread.Reactor);
    }

    /// <summary>How many there are where so many are asked for.</summary>
    public static int CountOf(int reactors) => reactors > 0
        ? reactors : Math.Clamp(Environment.ProcessorCount - 1, 1, MostByDefault);

    /// <summary>What they have done together.</summary>
    public TransportCounters Counters
    {
        get
        {
            var sum = default(TransportCounters);
            foreach (var reactor in _reactors)
            {
                sum += reactor.Counters;
            }

            return sum;
        }
    }

    public IReadOnlyList<Reactor> All => _reactors;

    /// <summary>The one with the fewest descriptors, one more of which is counted; give it one or forget it.</summary>
    /// <exception cref="ObjectDisposedException">All have ended.</exception>
    public Reactor Take()
    {
        while (true)
        {
            Reactor? best = null;
            foreach (var reactor in _reactors)
            {
                var load = reactor.Load;
                best = load >= 0 && (best is null || load < best.Load) ? reactor : best;
            }

            ObjectDisposedException.ThrowIf(best is null, typeof(ReactorTransport));
            if (best.TryExpect())
            {
                return best;
            }
        }
    }

    /// <summary>Ends the threads when their last descriptor has gone, without waiting for that.</summary>
    public void Stop()
    {
        foreach (var thread in _threads)
        {
            thread.Stop();
        }
    }

    /// <summary>Ends the threads and waits for them.</summary>
    public void Dispose()
    {
        foreach (var thread in _threads)
        {
            thread.Dispose();
        }
    }
}
