using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Who gets the events of one descriptor. Called on the reactor's thread only; must not throw.</summary>
internal interface IReactorHandler
{
    /// <summary>True when anything was done about them.</summary>
    bool OnEvents(EpollFlags events);

    /// <summary>The reactor ends: its descriptor is to be given back soon. May come more than once.</summary>
    void OnReactorEnds();
}
