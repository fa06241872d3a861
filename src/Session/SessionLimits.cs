namespace NetCore.Session;

/// <summary>The bounds of a session, each with its derivation.</summary>
public static class SessionLimits
{
    /// <summary>Lowest wire version that this side speaks. Before 1.0 there is one.</summary>
    public const ushort MinVersion = 1;

    /// <summary>Highest wire version that this side speaks.</summary>
    public const ushort MaxVersion = 1;

    /// <summary>
    /// Frames that are resolved, or chosen to be sent, under one entry of the gate: 64 frames of 32 bytes take about
    /// 2 microseconds under it, which is the longest that another thread waits.
    /// </summary>
    public const int FramesPerGate = 64;

    /// <summary>
    /// Messages that wait during a receive batch until they are sent before its end: half of a gate entry, so that the
    /// peer works on the first half of a long batch while this side prepares the second. Fewer would cost more in
    /// system calls (7 us each) than the peer gains.
    /// </summary>
    public const int EarlySendMessages = FramesPerGate / 2;

    /// <summary>
    /// Up to here a payload is copied into the send batch: 1 KiB cost less to copy than a segment to gather.
    /// </summary>
    public const int CopyIntoBatchBytes = 1024;

    /// <summary>
    /// Payloads longer than this are compressed when the options ask for it: 1 KiB. Measured, LZ4 takes 0.9 us for a
    /// block of any size and 0.5 us for each KiB, and 0.2 us a KiB at the receiver. 1 KiB of records becomes 295 bytes:
    /// 5.8 us less on a wire of 1 Gbit/s for 1.6 us of work. At 256 bytes both are 1.1 us.
    /// </summary>
    public const int CompressAboveBytes = 1024;

    /// <summary>Message objects that a world keeps for reuse: the most streams of one connection.</summary>
    public const int RetainedMessages = 1024;

    /// <summary>
    /// Rooms for the frames of a gate entry that a world keeps for reuse, at 12 KB each: one for every thread that may
    /// be in a callback. Those are more than there are cores, because a thread that others have pushed from its core
    /// keeps its room. More than there were threads at once are never made.
    /// </summary>
    public const int RetainedScratches = 64;

    /// <summary>Parts above which a message object drops its list when it is reused: 16 are 256 KiB.</summary>
    public const int RetainedMessageParts = 16;

    /// <summary>
    /// Smallest window: four largest frames, so that after at most a quarter of it stands ungranted a largest frame
    /// still fits and nobody waits for ever.
    /// </summary>
    public const int MinWindowBytes = 64 * 1024;

    /// <summary>Largest window, 16 MiB: 10 Gbit/s times 13 ms.</summary>
    public const int MaxWindowBytes = 16 * 1024 * 1024;

    /// <summary>Default window of a stream, 256 KiB: 16 largest frames, 10 Gbit/s times 0.2 ms.</summary>
    public const int DefaultStreamWindowBytes = 256 * 1024;

    /// <summary>Default window of a connection, 1 MiB: four busy streams.</summary>
    public const int DefaultConnectionWindowBytes = 1024 * 1024;

    /// <summary>Default for the largest message to receive, 4 MiB; larger things are sent in chunks.</summary>
    public const int DefaultMaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Upper end for the largest message, 64 MiB: one message may not take more of a 1 GiB budget than a 16th.
    /// </summary>
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of unfinished messages that one connection may make this side keep: four largest default messages, or one
    /// largest if that is set higher.
    /// </summary>
    public const int MaxAssemblyBytes = 4 * DefaultMaxMessageBytes;

    /// <summary>
    /// Fragments up to here are copied together: a longer one is kept by reference, with the 32 KiB block that it came
    /// in, so what is kept is at most 2.7 times the bytes of <see cref="MaxAssemblyBytes"/>. Of an honest message only
    /// the last fragment is shorter than 16 KiB.
    /// </summary>
    public const int AssemblyCopyBytes = 12 * 1024;

    /// <summary>Default for streams that the peer may have open at once.</summary>
    public const int DefaultMaxStreams = 1024;
    /// <summary>Upper end for streams that a peer may have open at once: 64 Ki, at 300 bytes each 20 MiB.</summary>
    public const int MaxStreams = 64 * 1024;

    /// <summary>
    /// A peer that has just seen an answer may open the next stream before this side has left its handler, so a
    /// quarter more than announced is tolerated before streams are refused.
    /// </summary>
    public const int StreamSlackDivisor = 4;

    /// <summary>
    /// Bytes that may wait to be sent on one session, 64 MiB. Beyond that opening a stream is refused, and sending more
    /// on an open one ends the session as a slow consumer's.
    /// </summary>
    public const long MaxQueuedBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Paced streams have half of <see cref="MaxQueuedBytes"/>, so that calls find room while consumers take
    /// their time.
    /// </summary>
    public const int PacedQueueDivisor = 2;

    /// <summary>
    /// Bytes that paced streams of one session may hold for consumers that have not come to them, 64 MiB: 256 default
    /// windows, as many as handlers run at once for a connection.
    /// </summary>
    public const long MaxHeldBytes = 64L * 1024 * 1024;

    /// <summary>
    /// While calls are open, bulk leaves half of the connection's credit to them. Then at least a quarter is bulk's,
    /// since less than a quarter stands ungranted: with the smallest window one largest frame.
    /// </summary>
    public const int BusyReserveDivisor = 2;

    /// <summary>
    /// While none is open bulk leaves an eighth: a call that comes has credit for its request, or its answer, at once.
    /// </summary>
    public const int IdleReserveDivisor = 8;

    /// <summary>
    /// What a waiting message counts beside its bytes, 512: its objects and its stream's. So 128 Ki empty ones fill the
    /// queue too.
    /// </summary>
    public const int QueuedMessageBytes = 512;

    /// <summary>
    /// A window is granted again in quarters: few frames, and three quarters are always there to send into.
    /// </summary>
    public const int GrantDivisor = 4;

    /// <summary>Answers that may wait to be sent: the peer causes them and does not read.</summary>
    public const int MaxQueuedControlFrames = 1000;

    /// <summary>
    /// Bytes to keep free in a send for any control frame: header, longest payload (GOAWAY with text), checksum.
    /// </summary>
    public const int MaxControlFrameBytes = 16 + 12 + MaxDetailBytes + 4;

    /// <summary>Control frames (ping, empty data) that a peer may send per second in the long run.</summary>
    public const int ControlFramesPerSecond = 50;

    /// <summary>Control frames that a peer may send at once after a quiet time.</summary>
    public const int ControlFrameBurst = 200;

    /// <summary>
    /// Resets of running work that a peer may cause within <see cref="ResetWindowMilliseconds"/>, unless most streams
    /// end well.
    /// </summary>
    public const int MaxResetsPerWindow = 1000;

    /// <summary>
    /// The time over which resets are counted: 5 s, as long as it takes to be sure that it is no burst of timeouts.
    /// </summary>
    public const int ResetWindowMilliseconds = 5000;

    /// <summary>Time from start to the peer's hello, in milliseconds: a round trip of 300 ms with two losses.</summary>
    public const int HandshakeTimeoutMilliseconds = 5000;

    /// <summary>Silence after which a ping asks whether the peer lives, in milliseconds.</summary>
    public const int DefaultPingAfterMilliseconds = 5000;

    /// <summary>
    /// Time for the answer to a ping, in milliseconds: with the silence before it a dead peer is found in 10 s.
    /// </summary>
    public const int DefaultPingTimeoutMilliseconds = 5000;

    /// <summary>Time without any stream after which the accepting side closes, in milliseconds: 5 min.</summary>
    public const int DefaultIdleTimeoutMilliseconds = 5 * 60 * 1000;

    /// <summary>
    /// Time in which a frame that has begun must be complete, in milliseconds: a trickling peer is cut off.
    /// </summary>
    public const int FrameTimeoutMilliseconds = 10_000;

    /// <summary>
    /// Time without progress of waiting output after which the peer counts as a slow consumer, in milliseconds.
    /// </summary>
    public const int SendTimeoutMilliseconds = 10_000;

    /// <summary>
    /// Longest that one stream waits for credit of its own while others go on: credit returns when bytes are handed
    /// over, so nobody who reads withholds it; 60 s carry the default window of a connection (1 MiB), which may be
    /// under way before the stream's turn, at 17 KiB/s. Else a peer could make us keep a full send queue for ever.
    /// </summary>
    public const int StreamStallMilliseconds = 60_000;

    /// <summary>
    /// Longest time between two looks at the clock, in milliseconds: half of the shortest limit that begins between
    /// two.
    /// </summary>
    public const int MaxLookMilliseconds = 5000;

    /// <summary>Time for the last frame to go out and the peer to close after an error, in milliseconds.</summary>
    public const int LingerMilliseconds = 1000;

    /// <summary>Most bytes of the text in a GOAWAY frame: a line for people.</summary>
    public const int MaxDetailBytes = 256;
}
