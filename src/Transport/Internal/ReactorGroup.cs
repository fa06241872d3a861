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

    /// <summary>The one with the fewest descriptors, one more of which is counted; give it one or forget it.</summary>
    public Reactor Take()
    {
        var best = _reactors[0];
        foreach (var reactor in _reactors)
        {
            best = reactor.Load < best.Load ? reactor : best;
        }

        best.Expect();
        return best;
    }

    public void Dispose()
    {
        foreach (var reactor in _reactors)
        {
            reactor.Dispose();
        }
    }
}
