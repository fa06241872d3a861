namespace NetCore.Transport.Tests;

// What UringSuites leaves out of conformance x rings that are always too small x wait policy.

[Nightly]
public sealed class TinyUringViewTests : ViewConformance<RingEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringAdaptiveTransferTests : TransferConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveFlowTests : FlowConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveCloseTests : CloseConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveConnectTests : ConnectConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveAfterBatchTests : AfterBatchConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveViewTests : ViewConformance<RingEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringBusyTransferTests : TransferConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyFlowTests : FlowConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyCloseTests : CloseConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyConnectTests : ConnectConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyAfterBatchTests : AfterBatchConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyViewTests : ViewConformance<RingEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyMultishotUringTransferTests : TransferConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringFlowTests : FlowConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringCloseTests : CloseConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringConnectTests : ConnectConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringAfterBatchTests : AfterBatchConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringViewTests : ViewConformance<RingEngine<TinyMultishotRing, Blocking>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveTransferTests
    : TransferConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveFlowTests : FlowConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveCloseTests : CloseConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveConnectTests
    : ConnectConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveAfterBatchTests
    : AfterBatchConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringAdaptiveViewTests : ViewConformance<RingEngine<TinyMultishotRing, Adaptive>>;

[Nightly]
public sealed class TinyMultishotUringBusyConnectTests : ConnectConformance<RingEngine<TinyMultishotRing, BusyPolling>>;

[Nightly]
public sealed class TinyMultishotUringBusyAfterBatchTests
    : AfterBatchConformance<RingEngine<TinyMultishotRing, BusyPolling>>;

[Nightly]
public sealed class TinyMultishotUringBusyViewTests : ViewConformance<RingEngine<TinyMultishotRing, BusyPolling>>;
