using NetCore.Transport;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

// Upper rungs of the ladder x wait policy x lane x continuations.

[Nightly]
public class DeferredUringPoolPoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class DeferredUringPoolReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class DeferredUringInlinePoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class DeferredUringInlineReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class DeferredUringAdaptivePoolPoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class DeferredUringAdaptivePoolReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class DeferredUringAdaptiveInlinePoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class DeferredUringAdaptiveInlineReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class DeferredUringBusyPoolPoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class DeferredUringBusyPoolReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class DeferredUringBusyInlinePoolSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class DeferredUringBusyInlineReactorSuite()
    : RingSuite<DeferredRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class SingleIssuerUringPoolPoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class SingleIssuerUringPoolReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class SingleIssuerUringInlinePoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class SingleIssuerUringInlineReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class SingleIssuerUringAdaptivePoolPoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class SingleIssuerUringAdaptivePoolReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class SingleIssuerUringAdaptiveInlinePoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class SingleIssuerUringAdaptiveInlineReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class SingleIssuerUringBusyPoolPoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class SingleIssuerUringBusyPoolReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class SingleIssuerUringBusyInlinePoolSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class SingleIssuerUringBusyInlineReactorSuite()
    : RingSuite<SingleIssuerRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);
