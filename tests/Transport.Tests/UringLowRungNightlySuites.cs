namespace NetCore.Transport.Tests;

// What UringSuites leaves out of conformance x lower rungs of the ladder x wait policy.

[Nightly]
public sealed class CooperativeUringTransferTests : TransferConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringFlowTests : FlowConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringCloseTests : CloseConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringConnectTests : ConnectConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringAfterBatchTests : AfterBatchConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringViewTests : ViewConformance<RingEngine<CooperativeRing, Blocking>>;

[Nightly]
public sealed class CooperativeUringAdaptiveFlowTests : FlowConformance<RingEngine<CooperativeRing, Adaptive>>;

[Nightly]
public sealed class CooperativeUringAdaptiveConnectTests : ConnectConformance<RingEngine<CooperativeRing, Adaptive>>;

[Nightly]
public sealed class CooperativeUringAdaptiveAfterBatchTests
    : AfterBatchConformance<RingEngine<CooperativeRing, Adaptive>>;

[Nightly]
public sealed class CooperativeUringAdaptiveViewTests : ViewConformance<RingEngine<CooperativeRing, Adaptive>>;

[Nightly]
public sealed class CooperativeUringBusyTransferTests : TransferConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class CooperativeUringBusyFlowTests : FlowConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class CooperativeUringBusyCloseTests : CloseConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class CooperativeUringBusyConnectTests : ConnectConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class CooperativeUringBusyAfterBatchTests
    : AfterBatchConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class CooperativeUringBusyViewTests : ViewConformance<RingEngine<CooperativeRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringAfterBatchTests : AfterBatchConformance<RingEngine<PlainRing, Blocking>>;

[Nightly]
public sealed class PlainUringViewTests : ViewConformance<RingEngine<PlainRing, Blocking>>;

[Nightly]
public sealed class PlainUringAdaptiveTransferTests : TransferConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringAdaptiveFlowTests : FlowConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringAdaptiveCloseTests : CloseConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringAdaptiveConnectTests : ConnectConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringAdaptiveAfterBatchTests : AfterBatchConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringAdaptiveViewTests : ViewConformance<RingEngine<PlainRing, Adaptive>>;

[Nightly]
public sealed class PlainUringBusyTransferTests : TransferConformance<RingEngine<PlainRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringBusyFlowTests : FlowConformance<RingEngine<PlainRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringBusyCloseTests : CloseConformance<RingEngine<PlainRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringBusyConnectTests : ConnectConformance<RingEngine<PlainRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringBusyAfterBatchTests : AfterBatchConformance<RingEngine<PlainRing, BusyPolling>>;

[Nightly]
public sealed class PlainUringBusyViewTests : ViewConformance<RingEngine<PlainRing, BusyPolling>>;
