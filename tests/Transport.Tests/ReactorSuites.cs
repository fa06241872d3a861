namespace NetCore.Transport.Tests;

// What is hard for every engine on reactors: closes, ends, numbers that are used again, memory that is.
public sealed class EpollCrossTalkTests : CrossTalk<SmallBufferEngine>;
public sealed class EpollDescriptorReuseTests : DescriptorReuse<EpollTcpEngine>;
public sealed class EpollEndOfInputTests : EndOfInput<EpollTcpEngine>;
public sealed class EpollDisposeWhileWaitingTests : DisposeWhileWaiting<EpollTcpEngine>;
public sealed class EpollUnixDisposeWhileWaitingTests : DisposeWhileWaiting<EpollUnixEngine>;
public sealed class EpollSendOrderTests : SendOrder<EpollTcpEngine>;
public sealed class EpollUrgentDataTests : UrgentData<EpollTcpEngine>;

[Collection(nameof(Alone))]
public sealed class EpollCloseRaceTests : CloseRaces<EpollTcpEngine>;

[Collection(nameof(Alone))]
public sealed class EpollManyConnectionsTests : ManyConnections<EpollTcpEngine>;

public sealed class UringCrossTalkTests : CrossTalk<UringTcpEngine>;
public sealed class TinyUringCrossTalkTests : CrossTalk<TinyUringEngine>;
public sealed class UringDescriptorReuseTests : DescriptorReuse<UringTcpEngine>;
public sealed class TinyUringDescriptorReuseTests : DescriptorReuse<TinyUringEngine>;
public sealed class SingleShotUringCrossTalkTests : CrossTalk<SingleShotUringEngine>;
public sealed class SingleShotUringEndOfInputTests : EndOfInput<SingleShotUringEngine>;
public sealed class UringEndOfInputTests : EndOfInput<UringTcpEngine>;
public sealed class UringDisposeWhileWaitingTests : DisposeWhileWaiting<UringTcpEngine>;
public sealed class UringUnixDisposeWhileWaitingTests : DisposeWhileWaiting<UringUnixEngine>;
public sealed class UringSendOrderTests : SendOrder<UringTcpEngine>;
public sealed class TinyUringSendOrderTests : SendOrder<TinyUringEngine>;
public sealed class UringUrgentDataTests : UrgentData<UringTcpEngine>;

[Collection(nameof(Alone))]
public sealed class UringCloseRaceTests : CloseRaces<UringTcpEngine>;

[Collection(nameof(Alone))]
public sealed class UringManyConnectionsTests : ManyConnections<UringTcpEngine>;

public sealed class EpollLongStormTests : LongStorm<EpollTcpEngine>;
public sealed class UringLongStormTests : LongStorm<UringTcpEngine>;
public sealed class UringUnixLongStormTests : LongStorm<UringUnixEngine>;
public sealed class TinyUringLongStormTests : LongStorm<TinyUringEngine>;
public sealed class MultishotUringLongStormTests : LongStorm<MultishotUringEngine>;

public sealed class SocketResetWhileSendingTests : ResetWhileSending<TcpEngine>;
public sealed class EpollResetWhileSendingTests : ResetWhileSending<EpollTcpEngine>;
public sealed class UringResetWhileSendingTests : ResetWhileSending<UringTcpEngine>;
public sealed class TinyUringResetWhileSendingTests : ResetWhileSending<TinyUringEngine>;
public sealed class PlainUringResetWhileSendingTests : ResetWhileSending<RingEngine<PlainRing, Blocking>>;
public sealed class MultishotUringResetWhileSendingTests : ResetWhileSending<MultishotUringEngine>;
