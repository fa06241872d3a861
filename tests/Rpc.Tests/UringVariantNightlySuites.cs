using NetCore.Transport;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

// How a ring receives x wait policy x lane x continuations.

[Nightly]
public class MultishotUringPoolPoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class MultishotUringPoolReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class MultishotUringInlinePoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class MultishotUringInlineReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class MultishotUringAdaptivePoolPoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class MultishotUringAdaptivePoolReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class MultishotUringAdaptiveInlinePoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class MultishotUringAdaptiveInlineReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class MultishotUringBusyPoolPoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class MultishotUringBusyPoolReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class MultishotUringBusyInlinePoolSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class MultishotUringBusyInlineReactorSuite()
    : RingSuite<MultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class TinyUringPoolPoolSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class TinyUringPoolReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class TinyUringInlinePoolSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class TinyUringInlineReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class TinyUringAdaptivePoolPoolSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class TinyUringAdaptivePoolReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class TinyUringAdaptiveInlinePoolSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class TinyUringAdaptiveInlineReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class TinyUringBusyPoolPoolSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class TinyUringBusyPoolReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class TinyUringBusyInlinePoolSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class TinyUringBusyInlineReactorSuite()
    : RingSuite<TinyRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class TinyMultishotUringPoolPoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class TinyMultishotUringPoolReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class TinyMultishotUringInlinePoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Blocking);

[Nightly]
public class TinyMultishotUringInlineReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Blocking);

[Nightly]
public class TinyMultishotUringAdaptivePoolPoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class TinyMultishotUringAdaptivePoolReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class TinyMultishotUringAdaptiveInlinePoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.Adaptive);

[Nightly]
public class TinyMultishotUringAdaptiveInlineReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.Adaptive);

[Nightly]
public class TinyMultishotUringBusyPoolPoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class TinyMultishotUringBusyPoolReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Pool, RpcContinuations.Reactor, WaitPolicy.BusyPoll);

[Nightly]
public class TinyMultishotUringBusyInlinePoolSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Pool, WaitPolicy.BusyPoll);

[Nightly]
public class TinyMultishotUringBusyInlineReactorSuite()
    : RingSuite<TinyMultishotRing>(RpcLane.Inline, RpcContinuations.Reactor, WaitPolicy.BusyPoll);
