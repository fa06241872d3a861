using NetCore.Transport;

namespace NetCore.Rpc.Tests;

// What the pairs of RpcSuites leave out of io_uring x wait policy x lane x continuations.

[Nightly]
public class UringPoolReactorSuite() : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class UringInlinePoolSuite() : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Pool);

[Nightly]
public class UringAdaptivePoolPoolSuite()
    : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringAdaptiveInlinePoolSuite()
    : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringAdaptiveInlineReactorSuite()
    : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class UringBusyPoolPoolSuite()
    : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class UringBusyPoolReactorSuite()
    : RpcSuite("uring", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class UringBusyInlineReactorSuite()
    : RpcSuite("uring", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class UringUnixPoolPoolSuite() : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Pool);

[Nightly]
public class UringUnixPoolReactorSuite() : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class UringUnixInlineReactorSuite() : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Reactor);

[Nightly]
public class UringUnixAdaptivePoolPoolSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringUnixAdaptivePoolReactorSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class UringUnixAdaptiveInlinePoolSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringUnixAdaptiveInlineReactorSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class UringUnixBusyPoolPoolSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class UringUnixBusyInlinePoolSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class UringUnixBusyInlineReactorSuite()
    : RpcSuite("uring-unix", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class UringAppReactorPoolPoolSuite() : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Pool);

[Nightly]
public class UringAppReactorPoolReactorSuite() : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Reactor);

[Nightly]
public class UringAppReactorInlinePoolSuite() : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Pool);

[Nightly]
public class UringAppReactorAdaptivePoolPoolSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringAppReactorAdaptivePoolReactorSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class UringAppReactorAdaptiveInlinePoolSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class UringAppReactorAdaptiveInlineReactorSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class UringAppReactorBusyPoolReactorSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class UringAppReactorBusyInlinePoolSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class UringAppReactorBusyInlineReactorSuite()
    : RpcSuite("app-uring", "uring", RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);
