namespace NetCore.Transport.Tests;

public sealed class UringTcpTransferTests : TransferConformance<UringTcpEngine>;
public sealed class UringTcpFlowTests : FlowConformance<UringTcpEngine>;
public sealed class UringTcpCloseTests : CloseConformance<UringTcpEngine>;
public sealed class UringTcpConnectTests : ConnectConformance<UringTcpEngine>;
public sealed class UringTcpAfterBatchTests : AfterBatchConformance<UringTcpEngine>;
public sealed class UringTcpViewTests : ViewConformance<UringTcpEngine>;

public sealed class UringUnixTransferTests : TransferConformance<UringUnixEngine>;
public sealed class UringUnixFlowTests : FlowConformance<UringUnixEngine>;
public sealed class UringUnixCloseTests : CloseConformance<UringUnixEngine>;
public sealed class UringUnixConnectTests : ConnectConformance<UringUnixEngine>;
public sealed class UringUnixAfterBatchTests : AfterBatchConformance<UringUnixEngine>;

public sealed class TinyUringTransferTests : TransferConformance<TinyUringEngine>;
public sealed class TinyUringFlowTests : FlowConformance<TinyUringEngine>;
public sealed class TinyUringCloseTests : CloseConformance<TinyUringEngine>;
public sealed class TinyUringConnectTests : ConnectConformance<TinyUringEngine>;
public sealed class TinyUringAfterBatchTests : AfterBatchConformance<TinyUringEngine>;

public sealed class PlainUringTransferTests : TransferConformance<RingEngine<PlainRing, Blocking>>;
public sealed class PlainUringFlowTests : FlowConformance<RingEngine<PlainRing, Blocking>>;
public sealed class PlainUringCloseTests : CloseConformance<RingEngine<PlainRing, Blocking>>;
public sealed class PlainUringConnectTests : ConnectConformance<RingEngine<PlainRing, Blocking>>;

// Engine x wait policy by pairs; the rest of the product is in UringNightlySuites.
public sealed class UringAdaptiveTransferTests : TransferConformance<RingEngine<SingleShotRing, Adaptive>>;
public sealed class UringAdaptiveFlowTests : FlowConformance<RingEngine<SingleShotRing, Adaptive>>;

public sealed class UringBusyTransferTests : TransferConformance<RingEngine<SingleShotRing, BusyPolling>>;
public sealed class UringBusyCloseTests : CloseConformance<RingEngine<SingleShotRing, BusyPolling>>;
public sealed class UringBusyAfterBatchTests : AfterBatchConformance<RingEngine<SingleShotRing, BusyPolling>>;

public sealed class UringBusyUnixTransferTests : TransferConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;
public sealed class UringBusyUnixConnectTests : ConnectConformance<RingUnixEngine<SingleShotRing, BusyPolling>>;

public sealed class DeferredUringTransferTests : TransferConformance<RingEngine<DeferredRing, Blocking>>;
public sealed class SingleIssuerUringTransferTests : TransferConformance<RingEngine<SingleIssuerRing, Blocking>>;
public sealed class CooperativeUringAdaptiveTransferTests : TransferConformance<RingEngine<CooperativeRing, Adaptive>>;
public sealed class CooperativeUringAdaptiveCloseTests : CloseConformance<RingEngine<CooperativeRing, Adaptive>>;

public sealed class FaultyUringTransferTests : TransferConformance<FaultyUringEngine>;
public sealed class FaultyUringFlowTests : FlowConformance<FaultyUringEngine>;
public sealed class FaultyUringCloseTests : CloseConformance<FaultyUringEngine>;
public sealed class FaultyUringConnectTests : ConnectConformance<FaultyUringEngine>;

public sealed class FaultyBusyUringUnixTransferTests : TransferConformance<FaultyBusyUringUnixEngine>;
public sealed class FaultyBusyUringUnixFlowTests : FlowConformance<FaultyBusyUringUnixEngine>;
public sealed class FaultyBusyUringUnixCloseTests : CloseConformance<FaultyBusyUringUnixEngine>;

public sealed class SingleShotUringTransferTests : TransferConformance<SingleShotUringEngine>;
public sealed class SingleShotUringFlowTests : FlowConformance<SingleShotUringEngine>;
public sealed class SingleShotUringCloseTests : CloseConformance<SingleShotUringEngine>;
public sealed class SingleShotUringConnectTests : ConnectConformance<SingleShotUringEngine>;
public sealed class SingleShotUringAfterBatchTests : AfterBatchConformance<SingleShotUringEngine>;

public sealed class TinyMultishotUringBusyTransferTests
    : TransferConformance<RingEngine<TinyMultishotRing, BusyPolling>>;
public sealed class TinyMultishotUringBusyFlowTests : FlowConformance<RingEngine<TinyMultishotRing, BusyPolling>>;
public sealed class TinyMultishotUringBusyCloseTests : CloseConformance<RingEngine<TinyMultishotRing, BusyPolling>>;
public sealed class MultishotUringUnixTransferTests
    : TransferConformance<RingUnixEngine<AlwaysMultishotRing, Blocking>>;
