namespace NetCore.Transport.Tests;

// What UringSuites leaves out of conformance x how a ring receives x wait policy.

[Nightly]
public sealed class UringAdaptiveCloseTests : CloseConformance<RingEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveConnectTests : ConnectConformance<RingEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveAfterBatchTests : AfterBatchConformance<RingEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveViewTests : ViewConformance<RingEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringBusyFlowTests : FlowConformance<RingEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class UringBusyConnectTests : ConnectConformance<RingEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class UringBusyViewTests : ViewConformance<RingEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringViewTests : ViewConformance<RingEngine<MultishotRing, Blocking>>;

[Nightly]
public sealed class MultishotUringAdaptiveTransferTests : TransferConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringAdaptiveFlowTests : FlowConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringAdaptiveCloseTests : CloseConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringAdaptiveConnectTests : ConnectConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringAdaptiveAfterBatchTests : AfterBatchConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringAdaptiveViewTests : ViewConformance<RingEngine<MultishotRing, Adaptive>>;

[Nightly]
public sealed class MultishotUringBusyTransferTests : TransferConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringBusyFlowTests : FlowConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringBusyCloseTests : CloseConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringBusyConnectTests : ConnectConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringBusyAfterBatchTests : AfterBatchConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class MultishotUringBusyViewTests : ViewConformance<RingEngine<MultishotRing, BusyPolling>>;

[Nightly]
public sealed class UringUnixViewTests : ViewConformance<RingUnixEngine<SingleShotRing, Blocking>>;

[Nightly]
public sealed class UringAdaptiveUnixTransferTests : TransferConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveUnixFlowTests : FlowConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveUnixCloseTests : CloseConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveUnixConnectTests : ConnectConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveUnixAfterBatchTests : AfterBatchConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringAdaptiveUnixViewTests : ViewConformance<RingUnixEngine<SingleShotRing, Adaptive>>;

[Nightly]
public sealed class UringBusyUnixFlowTests : FlowConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class UringBusyUnixCloseTests : CloseConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class UringBusyUnixAfterBatchTests : AfterBatchConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class UringBusyUnixViewTests : ViewConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringUnixTransferTests : TransferConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringUnixFlowTests : FlowConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringUnixCloseTests : CloseConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringUnixConnectTests : ConnectConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringUnixAfterBatchTests : AfterBatchConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringUnixViewTests : ViewConformance<RingUnixEngine<TinyRing, Blocking>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixTransferTests : TransferConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixFlowTests : FlowConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixCloseTests : CloseConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixConnectTests : ConnectConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixAfterBatchTests : AfterBatchConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringAdaptiveUnixViewTests : ViewConformance<RingUnixEngine<TinyRing, Adaptive>>;

[Nightly]
public sealed class TinyUringBusyUnixTransferTests : TransferConformance<RingUnixEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyUnixFlowTests : FlowConformance<RingUnixEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyUnixCloseTests : CloseConformance<RingUnixEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyUnixConnectTests : ConnectConformance<RingUnixEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyUnixAfterBatchTests : AfterBatchConformance<RingUnixEngine<TinyRing, BusyPolling>>;

[Nightly]
public sealed class TinyUringBusyUnixViewTests : ViewConformance<RingUnixEngine<TinyRing, BusyPolling>>;
