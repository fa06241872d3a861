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

public sealed class PlainUringTransferTests : TransferConformance<PlainUringEngine>;
public sealed class PlainUringFlowTests : FlowConformance<PlainUringEngine>;
public sealed class PlainUringCloseTests : CloseConformance<PlainUringEngine>;
public sealed class PlainUringConnectTests : ConnectConformance<PlainUringEngine>;

// Engine x wait policy by pairs; the rest of the product is in NightlySuites.
public sealed class UringAdaptiveTransferTests : TransferConformance<UringAdaptiveEngine>;
public sealed class UringAdaptiveFlowTests : FlowConformance<UringAdaptiveEngine>;

public sealed class UringBusyTransferTests : TransferConformance<UringBusyEngine>;
public sealed class UringBusyCloseTests : CloseConformance<UringBusyEngine>;
public sealed class UringBusyAfterBatchTests : AfterBatchConformance<UringBusyEngine>;

public sealed class UringBusyUnixTransferTests : TransferConformance<UringBusyUnixEngine>;
public sealed class UringBusyUnixConnectTests : ConnectConformance<UringBusyUnixEngine>;

public sealed class DeferredUringTransferTests : TransferConformance<DeferredUringEngine>;
public sealed class SingleIssuerUringTransferTests : TransferConformance<SingleIssuerUringEngine>;
public sealed class CooperativeUringTransferTests : TransferConformance<CooperativeUringEngine>;
public sealed class CooperativeUringCloseTests : CloseConformance<CooperativeUringEngine>;

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

public sealed class TinyMultishotUringTransferTests : TransferConformance<TinyMultishotUringEngine>;
public sealed class TinyMultishotUringFlowTests : FlowConformance<TinyMultishotUringEngine>;
public sealed class TinyMultishotUringCloseTests : CloseConformance<TinyMultishotUringEngine>;
public sealed class MultishotUringUnixTransferTests : TransferConformance<MultishotUringUnixEngine>;
