using NetCore.Transport;

namespace NetCore.Rpc.Tests;

// What the pairs of RpcSuites leave out of engine x wait policy x lane x continuations.

[Nightly]
public class EpollAdaptivePoolPoolSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class EpollAdaptivePoolReactorSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class EpollAdaptiveInlineReactorSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class EpollBusyPoolPoolSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class EpollBusyInlinePoolSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class EpollBusyInlineReactorSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class EpollUnixPoolReactorSuite() : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class EpollUnixInlinePoolSuite() : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Pool);

[Nightly]
public class EpollUnixAdaptivePoolPoolSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class EpollUnixAdaptiveInlinePoolSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class EpollUnixAdaptiveInlineReactorSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class EpollUnixBusyPoolPoolSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class EpollUnixBusyPoolReactorSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class EpollUnixBusyInlineReactorSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class AppReactorPoolReactorSuite() : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class AppReactorInlinePoolSuite() : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Pool);

[Nightly]
public class AppReactorAdaptivePoolPoolSuite()
    : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class AppReactorAdaptivePoolReactorSuite()
    : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class AppReactorAdaptiveInlinePoolSuite()
    : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class AppReactorBusyPoolReactorSuite()
    : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class AppReactorBusyInlinePoolSuite()
    : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class AppReactorBusyInlineReactorSuite()
    : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class SocketsUnixPoolPoolSuite() : RpcSuite("unix", "sockets", RpcLane.Pool, RpcContinuations.Pool);

[Nightly]
public class SocketsUnixPoolReactorSuite() : RpcSuite("unix", "sockets", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class SocketsUnixInlinePoolSuite() : RpcSuite("unix", "sockets", RpcLane.Inline, RpcContinuations.Pool);
