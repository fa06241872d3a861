namespace NetCore.Transport.Tests;

// What the pairs of Suites leave out of conformance x engine x wait policy.

[Nightly]
public sealed class EpollAdaptiveCloseTests : CloseConformance<EpollAdaptiveEngine>;

[Nightly]
public sealed class EpollAdaptiveConnectTests : ConnectConformance<EpollAdaptiveEngine>;

[Nightly]
public sealed class EpollAdaptiveAfterBatchTests : AfterBatchConformance<EpollAdaptiveEngine>;

[Nightly]
public sealed class EpollAdaptiveViewTests : ViewConformance<EpollAdaptiveEngine>;

[Nightly]
public sealed class EpollBusyFlowTests : FlowConformance<EpollBusyEngine>;

[Nightly]
public sealed class EpollBusyConnectTests : ConnectConformance<EpollBusyEngine>;

[Nightly]
public sealed class EpollBusyViewTests : ViewConformance<EpollBusyEngine>;

[Nightly]
public sealed class EpollUnixViewTests : ViewConformance<EpollUnixEngine>;

[Nightly]
public sealed class EpollAdaptiveUnixFlowTests : FlowConformance<EpollAdaptiveUnixEngine>;

[Nightly]
public sealed class EpollAdaptiveUnixAfterBatchTests : AfterBatchConformance<EpollAdaptiveUnixEngine>;

[Nightly]
public sealed class EpollAdaptiveUnixViewTests : ViewConformance<EpollAdaptiveUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixTransferTests : TransferConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixFlowTests : FlowConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixCloseTests : CloseConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixConnectTests : ConnectConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixAfterBatchTests : AfterBatchConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class EpollBusyUnixViewTests : ViewConformance<EpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollTcpViewTests : ViewConformance<FaultyEpollTcpEngine>;

[Nightly]
public sealed class FaultyEpollAdaptiveFlowTests : FlowConformance<FaultyEpollAdaptiveEngine>;

[Nightly]
public sealed class FaultyEpollAdaptiveCloseTests : CloseConformance<FaultyEpollAdaptiveEngine>;

[Nightly]
public sealed class FaultyEpollAdaptiveConnectTests : ConnectConformance<FaultyEpollAdaptiveEngine>;

[Nightly]
public sealed class FaultyEpollAdaptiveAfterBatchTests : AfterBatchConformance<FaultyEpollAdaptiveEngine>;

[Nightly]
public sealed class FaultyEpollAdaptiveViewTests : ViewConformance<FaultyEpollAdaptiveEngine>;

[Nightly]
public sealed class FaultyEpollUnixViewTests : ViewConformance<FaultyEpollUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixTransferTests : TransferConformance<FaultyEpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixFlowTests : FlowConformance<FaultyEpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixCloseTests : CloseConformance<FaultyEpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixConnectTests : ConnectConformance<FaultyEpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixAfterBatchTests : AfterBatchConformance<FaultyEpollBusyUnixEngine>;

[Nightly]
public sealed class FaultyEpollBusyUnixViewTests : ViewConformance<FaultyEpollBusyUnixEngine>;
