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
