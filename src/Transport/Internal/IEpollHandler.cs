using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Who gets the events of one descriptor of an epoll. On the reactor's thread only; must not throw.</summary>
internal interface IEpollHandler : IReactorHandler
{
    /// <summary>True when anything was done about them.</summary>
    bool OnEvents(EpollFlags events);
}
