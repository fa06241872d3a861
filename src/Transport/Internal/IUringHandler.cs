using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Who gets the completions of its requests. On the reactor's thread only; must not throw.</summary>
internal interface IUringHandler : IReactorHandler
{
    void OnCompletion(UringKind kind, in Completion completion);
}
