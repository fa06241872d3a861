using NetCore.Transport;

namespace NetCore.Rpc.Tests;

// Engine x wait policy x lane x continuations by pairs; the rest of the product is in NightlySuites.

public class InMemoryPoolPoolSuite() : RpcSuite("inproc", "inmemory", RpcLane.Pool, RpcContinuations.Pool);

public class InMemoryPoolReactorSuite() : RpcSuite("inproc", "inmemory", RpcLane.Pool, RpcContinuations.Reactor);

public class InMemoryInlinePoolSuite() : RpcSuite("inproc", "inmemory", RpcLane.Inline, RpcContinuations.Pool);

public class InMemoryInlineReactorSuite() : RpcSuite("inproc", "inmemory", RpcLane.Inline, RpcContinuations.Reactor);

public class SocketsPoolPoolSuite() : RpcSuite("tcp", "sockets", RpcLane.Pool, RpcContinuations.Pool);

public class SocketsPoolReactorSuite() : RpcSuite("tcp", "sockets", RpcLane.Pool, RpcContinuations.Reactor);

public class SocketsInlinePoolSuite() : RpcSuite("tcp", "sockets", RpcLane.Inline, RpcContinuations.Pool);

public class SocketsInlineReactorSuite() : RpcSuite("tcp", "sockets", RpcLane.Inline, RpcContinuations.Reactor);

public class SocketsUnixInlineReactorSuite() : RpcSuite("unix", "sockets", RpcLane.Inline, RpcContinuations.Reactor);

public class EpollPoolPoolSuite() : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Pool);

public class EpollPoolReactorSuite() : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Reactor);

public class EpollInlinePoolSuite() : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Pool);

public class EpollInlineReactorSuite() : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Reactor);

public class EpollUnixPoolPoolSuite() : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Pool);

public class EpollUnixInlineReactorSuite() : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Reactor);

public class AppReactorPoolPoolSuite() : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Pool);

public class AppReactorInlineReactorSuite() : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Reactor);

public class EpollAdaptiveInlinePoolSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

public class EpollBusyPoolReactorSuite()
    : RpcSuite("epoll", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

public class EpollUnixAdaptivePoolReactorSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

public class EpollUnixBusyInlinePoolSuite()
    : RpcSuite("epoll-unix", "epoll", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

public class AppReactorAdaptiveInlineReactorSuite()
    : RpcSuite("app", "epoll", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

public class AppReactorBusyPoolPoolSuite()
    : RpcSuite("app", "epoll", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

public class UringPoolPoolSuite() : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Pool);

public class UringInlineReactorSuite() : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Reactor);

public class UringAdaptivePoolReactorSuite()
    : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

public class UringBusyInlinePoolSuite()
    : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

public class UringSinglePoolPoolSuite() : RpcSuite("uring-single", "uring", RpcLane.Pool, RpcContinuations.Pool);

public class UringSingleInlineReactorSuite()
    : RpcSuite("uring-single", "uring", RpcLane.Inline, RpcContinuations.Reactor);

public class UringUnixInlinePoolSuite() : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Pool);

public class UringUnixBusyPoolReactorSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

public class UringAppReactorInlineReactorSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Reactor);

public class UringAppReactorBusyPoolPoolSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);
