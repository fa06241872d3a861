namespace NetCore.Transport.Tests;

// An engine joins with five lines.
public sealed class TcpTransferTests : TransferConformance<TcpEngine>;
public sealed class TcpFlowTests : FlowConformance<TcpEngine>;
public sealed class TcpCloseTests : CloseConformance<TcpEngine>;
public sealed class TcpConnectTests : ConnectConformance<TcpEngine>;
public sealed class TcpAfterBatchTests : AfterBatchConformance<TcpEngine>;

public sealed class UnixTransferTests : TransferConformance<UnixEngine>;
public sealed class UnixFlowTests : FlowConformance<UnixEngine>;
public sealed class UnixCloseTests : CloseConformance<UnixEngine>;
public sealed class UnixConnectTests : ConnectConformance<UnixEngine>;
public sealed class UnixAfterBatchTests : AfterBatchConformance<UnixEngine>;

public sealed class InMemoryTransferTests : TransferConformance<InMemoryEngine>;
public sealed class InMemoryFlowTests : FlowConformance<InMemoryEngine>;
public sealed class InMemoryCloseTests : CloseConformance<InMemoryEngine>;
public sealed class InMemoryConnectTests : ConnectConformance<InMemoryEngine>;
public sealed class InMemoryAfterBatchTests : AfterBatchConformance<InMemoryEngine>;

public sealed class SplittingTransferTests : TransferConformance<SplittingInMemoryEngine>;
public sealed class SplittingFlowTests : FlowConformance<SplittingInMemoryEngine>;
public sealed class SplittingCloseTests : CloseConformance<SplittingInMemoryEngine>;

public sealed class TcpViewTests : ViewConformance<TcpEngine>;
public sealed class InMemoryViewTests : ViewConformance<InMemoryEngine>;

public sealed class EpollTcpTransferTests : TransferConformance<EpollTcpEngine>;
public sealed class EpollTcpFlowTests : FlowConformance<EpollTcpEngine>;
public sealed class EpollTcpCloseTests : CloseConformance<EpollTcpEngine>;
public sealed class EpollTcpConnectTests : ConnectConformance<EpollTcpEngine>;
public sealed class EpollTcpAfterBatchTests : AfterBatchConformance<EpollTcpEngine>;

public sealed class EpollUnixTransferTests : TransferConformance<EpollUnixEngine>;
public sealed class EpollUnixFlowTests : FlowConformance<EpollUnixEngine>;
public sealed class EpollUnixCloseTests : CloseConformance<EpollUnixEngine>;
public sealed class EpollUnixConnectTests : ConnectConformance<EpollUnixEngine>;
public sealed class EpollUnixAfterBatchTests : AfterBatchConformance<EpollUnixEngine>;

public sealed class FaultyEpollTcpTransferTests : TransferConformance<FaultyEpollTcpEngine>;
public sealed class FaultyEpollTcpFlowTests : FlowConformance<FaultyEpollTcpEngine>;
public sealed class FaultyEpollTcpCloseTests : CloseConformance<FaultyEpollTcpEngine>;
public sealed class FaultyEpollTcpConnectTests : ConnectConformance<FaultyEpollTcpEngine>;
public sealed class FaultyEpollTcpAfterBatchTests : AfterBatchConformance<FaultyEpollTcpEngine>;

public sealed class FaultyEpollUnixTransferTests : TransferConformance<FaultyEpollUnixEngine>;
public sealed class FaultyEpollUnixFlowTests : FlowConformance<FaultyEpollUnixEngine>;
public sealed class FaultyEpollUnixCloseTests : CloseConformance<FaultyEpollUnixEngine>;
public sealed class FaultyEpollUnixConnectTests : ConnectConformance<FaultyEpollUnixEngine>;
public sealed class FaultyEpollUnixAfterBatchTests : AfterBatchConformance<FaultyEpollUnixEngine>;

// Engine x wait policy by pairs; the rest of the product is in NightlySuites.
public sealed class EpollAdaptiveTransferTests : TransferConformance<EpollAdaptiveEngine>;
public sealed class EpollAdaptiveFlowTests : FlowConformance<EpollAdaptiveEngine>;

public sealed class EpollBusyTransferTests : TransferConformance<EpollBusyEngine>;
public sealed class EpollBusyCloseTests : CloseConformance<EpollBusyEngine>;
public sealed class EpollBusyAfterBatchTests : AfterBatchConformance<EpollBusyEngine>;

public sealed class EpollAdaptiveUnixTransferTests : TransferConformance<EpollAdaptiveUnixEngine>;
public sealed class EpollAdaptiveUnixCloseTests : CloseConformance<EpollAdaptiveUnixEngine>;
public sealed class EpollAdaptiveUnixConnectTests : ConnectConformance<EpollAdaptiveUnixEngine>;

public sealed class FaultyEpollAdaptiveTransferTests : TransferConformance<FaultyEpollAdaptiveEngine>;

public sealed class EpollTcpViewTests : ViewConformance<EpollTcpEngine>;
