namespace NetCore.Transport.Tests;

// What UringSuites leaves out of conformance x upper rungs of the ladder x wait policy.

[Nightly]
public sealed class DeferredUringFlowTests : FlowConformance<RingEngine<DeferredRing, Blocking>>;

[Nightly]
public sealed class DeferredUringCloseTests : CloseConformance<RingEngine<DeferredRing, Blocking>>;

[Nightly]
public sealed class DeferredUringConnectTests : ConnectConformance<RingEngine<DeferredRing, Blocking>>;

[Nightly]
public sealed class DeferredUringAfterBatchTests : AfterBatchConformance<RingEngine<DeferredRing, Blocking>>;

[Nightly]
public sealed class DeferredUringViewTests : ViewConformance<RingEngine<DeferredRing, Blocking>>;

[Nightly]
public sealed class DeferredUringAdaptiveTransferTests : TransferConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringAdaptiveFlowTests : FlowConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringAdaptiveCloseTests : CloseConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringAdaptiveConnectTests : ConnectConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringAdaptiveAfterBatchTests : AfterBatchConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringAdaptiveViewTests : ViewConformance<RingEngine<DeferredRing, Adaptive>>;

[Nightly]
public sealed class DeferredUringBusyTransferTests : TransferConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class DeferredUringBusyFlowTests : FlowConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class DeferredUringBusyCloseTests : CloseConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class DeferredUringBusyConnectTests : ConnectConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class DeferredUringBusyAfterBatchTests : AfterBatchConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class DeferredUringBusyViewTests : ViewConformance<RingEngine<DeferredRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringFlowTests : FlowConformance<RingEngine<SingleIssuerRing, Blocking>>;

[Nightly]
public sealed class SingleIssuerUringCloseTests : CloseConformance<RingEngine<SingleIssuerRing, Blocking>>;

[Nightly]
public sealed class SingleIssuerUringConnectTests : ConnectConformance<RingEngine<SingleIssuerRing, Blocking>>;

[Nightly]
public sealed class SingleIssuerUringAfterBatchTests : AfterBatchConformance<RingEngine<SingleIssuerRing, Blocking>>;

[Nightly]
public sealed class SingleIssuerUringViewTests : ViewConformance<RingEngine<SingleIssuerRing, Blocking>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveTransferTests
    : TransferConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveFlowTests : FlowConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveCloseTests : CloseConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveConnectTests : ConnectConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveAfterBatchTests
    : AfterBatchConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringAdaptiveViewTests : ViewConformance<RingEngine<SingleIssuerRing, Adaptive>>;

[Nightly]
public sealed class SingleIssuerUringBusyTransferTests : TransferConformance<RingEngine<SingleIssuerRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringBusyFlowTests : FlowConformance<RingEngine<SingleIssuerRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringBusyCloseTests : CloseConformance<RingEngine<SingleIssuerRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringBusyConnectTests : ConnectConformance<RingEngine<SingleIssuerRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringBusyAfterBatchTests
    : AfterBatchConformance<RingEngine<SingleIssuerRing, BusyPolling>>;

[Nightly]
public sealed class SingleIssuerUringBusyViewTests : ViewConformance<RingEngine<SingleIssuerRing, BusyPolling>>;
