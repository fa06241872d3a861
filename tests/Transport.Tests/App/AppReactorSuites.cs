namespace NetCore.Transport.Tests;

public sealed class AppReactorTransferTests : TransferConformance<AppReactorEngine>;
public sealed class AppReactorFlowTests : FlowConformance<AppReactorEngine>;
public sealed class AppReactorCloseTests : CloseConformance<AppReactorEngine>;
public sealed class AppReactorConnectTests : ConnectConformance<AppReactorEngine>;
public sealed class AppReactorAfterBatchTests : AfterBatchConformance<AppReactorEngine>;
public sealed class AppReactorViewTests : ViewConformance<AppReactorEngine>;

public sealed class BusyAppReactorTransferTests : TransferConformance<BusyAppReactorEngine>;
public sealed class BusyAppReactorFlowTests : FlowConformance<BusyAppReactorEngine>;
public sealed class BusyAppReactorCloseTests : CloseConformance<BusyAppReactorEngine>;
public sealed class BusyAppReactorConnectTests : ConnectConformance<BusyAppReactorEngine>;
public sealed class BusyAppReactorAfterBatchTests : AfterBatchConformance<BusyAppReactorEngine>;

public sealed class GlancingAppReactorTransferTests : TransferConformance<GlancingAppReactorEngine>;
public sealed class GlancingAppReactorFlowTests : FlowConformance<GlancingAppReactorEngine>;
public sealed class GlancingAppReactorCloseTests : CloseConformance<GlancingAppReactorEngine>;

public sealed class AdaptiveAppReactorUnixTransferTests : TransferConformance<AdaptiveAppReactorUnixEngine>;
public sealed class AdaptiveAppReactorUnixFlowTests : FlowConformance<AdaptiveAppReactorUnixEngine>;
public sealed class AdaptiveAppReactorUnixCloseTests : CloseConformance<AdaptiveAppReactorUnixEngine>;
public sealed class AdaptiveAppReactorUnixConnectTests : ConnectConformance<AdaptiveAppReactorUnixEngine>;
public sealed class AdaptiveAppReactorUnixAfterBatchTests : AfterBatchConformance<AdaptiveAppReactorUnixEngine>;

public sealed class UringAppReactorTransferTests : TransferConformance<UringAppReactorEngine>;
public sealed class UringAppReactorFlowTests : FlowConformance<UringAppReactorEngine>;
public sealed class UringAppReactorCloseTests : CloseConformance<UringAppReactorEngine>;
public sealed class UringAppReactorConnectTests : ConnectConformance<UringAppReactorEngine>;
public sealed class UringAppReactorAfterBatchTests : AfterBatchConformance<UringAppReactorEngine>;

public sealed class BusyUringAppReactorTransferTests : TransferConformance<BusyUringAppReactorEngine>;
public sealed class BusyUringAppReactorCloseTests : CloseConformance<BusyUringAppReactorEngine>;

public sealed class GlancingUringAppReactorTransferTests : TransferConformance<GlancingUringAppReactorEngine>;
public sealed class GlancingUringAppReactorFlowTests : FlowConformance<GlancingUringAppReactorEngine>;

public sealed class AdaptiveUringAppReactorUnixTransferTests : TransferConformance<AdaptiveUringAppReactorUnixEngine>;
public sealed class AdaptiveUringAppReactorUnixCloseTests : CloseConformance<AdaptiveUringAppReactorUnixEngine>;
