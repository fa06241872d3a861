using NetCore.Session;

namespace NetCore.Rpc;

/// <summary>The bounds of calls, each with its derivation.</summary>
public static class RpcLimits
{
    /// <summary>
    /// Deadline of a call that names none, in milliseconds: 30 s, long for a person and short for a leak.
    /// </summary>
    public const int DefaultTimeoutMilliseconds = 30_000;

    /// <summary>
    /// Longest deadline, in milliseconds: 24 h. Nothing waits for ever; longer work wants a stream or a queue.
    /// </summary>
    public const int MaxTimeoutMilliseconds = 24 * 60 * 60 * 1000;

    /// <summary>Most bytes of an error's text on the wire: one line for people (1 KiB), never a stack trace.</summary>
    public const int MaxErrorDetailBytes = 1024;

    /// <summary>
    /// Handlers that run at once for one connection: 256, a quarter of the streams it may open (1,024).
    /// </summary>
    public const int DefaultConcurrencyPerConnection = 256;

    /// <summary>
    /// Connections of one server: 10,000, which with the default windows fit the default byte budget.
    /// </summary>
    public const int DefaultMaxConnections = 10_000;

    /// <summary>
    /// Calls that one work item of the pool answers before it makes room for others: one gate's worth.
    /// </summary>
    public const int CallsPerWorkItem = 64;

    /// <summary>
    /// Objects that a server, or a world for its clients, keeps for reuse, per kind: the streams of one connection.
    /// </summary>
    public const int RetainedCalls = 1024;

    /// <summary>
    /// Of these, the objects that the thread of a reactor keeps for itself: the calls of one gate entry of a session.
    /// </summary>
    public const int RetainedLocalCalls = 64;

    /// <summary>
    /// Time after which user code that holds up the thread of a connection is reported, in milliseconds: 20, well above
    /// a time slice and a collection's pause (a few each), which are nobody's fault, and below what a caller
    /// with a tight deadline (50 ms) would lose to it.
    /// </summary>
    public const int DefaultStallMilliseconds = 20;

    /// <summary>
    /// Bytes of items that are gathered before they become a message, 15.5 KiB: a frame carries 16, and the next small
    /// item shall fit too.
    /// </summary>
    public const int FullBatchBytes = OutgoingMessage.MaxContiguousBytes - 512;

    /// <summary>
    /// Bytes of items that may wait in the session before their writer waits, 32 KiB: with the batch that goes over it
    /// three frames, of which two are under way while the next is written. 1,024 streams that nobody reads keep 48 MiB.
    /// </summary>
    public const int ItemBytesAhead = 2 * OutgoingMessage.MaxContiguousBytes;

    /// <summary>
    /// Messages of items up to here are copied together where they arrive, 12 KiB: a longer one is kept with the 32 KiB
    /// block that it came in.
    /// </summary>
    public const int CopiedItemBytes = SessionLimits.AssemblyCopyBytes;

    /// <summary>Longest deadline.</summary>
    public static TimeSpan MaxTimeout => TimeSpan.FromMilliseconds(MaxTimeoutMilliseconds);
}
