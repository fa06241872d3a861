namespace NetCore.Transport.Tests;

public sealed class TcpTransferTests : TransferConformance<TcpEngine>;

public sealed class UnixTransferTests : TransferConformance<UnixEngine>;

public sealed class InMemoryTransferTests : TransferConformance<InMemoryEngine>;

public sealed class SplittingTransferTests : TransferConformance<SplittingInMemoryEngine>;
