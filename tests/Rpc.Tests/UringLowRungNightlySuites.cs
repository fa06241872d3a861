using NetCore.Transport;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

// Lower rungs of the ladder x wait policy x lane x continuations.

[Nightly]
public class CooperativeUringPoolPoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class CooperativeUringPoolReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class CooperativeUringInlinePoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class CooperativeUringInlineReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class CooperativeUringAdaptivePoolPoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class CooperativeUringAdaptivePoolReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class CooperativeUringAdaptiveInlinePoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class CooperativeUringAdaptiveInlineReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class CooperativeUringBusyPoolPoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class CooperativeUringBusyPoolReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class CooperativeUringBusyInlinePoolSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class CooperativeUringBusyInlineReactorSuite()
    : RingSuite<CooperativeRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class PlainUringPoolPoolSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class PlainUringPoolReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class PlainUringInlinePoolSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class PlainUringInlineReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class PlainUringAdaptivePoolPoolSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class PlainUringAdaptivePoolReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class PlainUringAdaptiveInlinePoolSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class PlainUringAdaptiveInlineReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class PlainUringBusyPoolPoolSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class PlainUringBusyPoolReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class PlainUringBusyInlinePoolSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class PlainUringBusyInlineReactorSuite()
    : RingSuite<PlainRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);
