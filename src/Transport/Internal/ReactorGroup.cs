using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>The reactors of one transport. Thread-safe.</summary>
internal sealed class ReactorGroup : IDisposable
{
    // More loops than this were seen to gain nothing; one processor is left to the code that is called.
    private const int MostByDefault = 8;

    private readonly Reactor[] _reactors;

    public ReactorGroup(World world, EpollTransportOptions options, ISystemCalls calls)
    {
        var count = options.Reactors > 0
            ? options.Reactors : Math.Clamp(Environment.ProcessorCount - 1, 1, MostByDefault);
        _reactors = new Reactor[count];
        for (var i = 0; i < count; i++)
        {
            _reactors[i] = new Reactor($"NetCore epoll {i}", calls, new ReactorWait(options.Wait, world.Time));
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

            ObjectDisposedException.ThrowIf(best is null, typeof(EpollTransport));
            if (best.TryExpect())
            {
                return best;
            }
        }
    }

    public void Dispose()
    {
        foreach (var reactor in _reactors)
        {
            reactor.Dispose();
        }
    }
}
