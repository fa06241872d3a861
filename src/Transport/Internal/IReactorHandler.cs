using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Who gets the events of one descriptor. Called on the reactor's thread only; must not throw.</summary>
internal interface IReactorHandler
{
    void OnEvents(EpollFlags events);
}
