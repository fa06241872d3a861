using NetCore.Core;

namespace NetCore.Transport;

/// <summary>
/// A byte stream in both directions: input is pushed to a receiver, output is pulled from a source.
/// </summary>
/// <remarks>
/// Members are thread-safe unless they say otherwise. The connection owns its memory: received bytes belong to it
/// until the callback returns or they are retained, sent bytes from the moment they are put into a batch. Life: made
/// by a transport, <see cref="Start"/> once, closed once (<see cref="IReceiver.OnClosed"/>), disposed once.
/// </remarks>
public abstract class Connection : IAsyncDisposable
{
    /// <summary>Names the connection in logs: unique within its world.</summary>
    public abstract string Id { get; }

    /// <summary>Engine that moves the bytes: <c>sockets</c>, <c>inmemory</c>.</summary>
    public abstract string Backend { get; }

    /// <summary>This end.</summary>
    public abstract TransportAddress LocalAddress { get; }

    /// <summary>The other end; for an accepted Unix domain socket the listener's path.</summary>
    public abstract TransportAddress RemoteAddress { get; }

    /// <summary>What this kind of connection can do.</summary>
    public abstract ConnectionCapabilities Capabilities { get; }

    /// <summary>
    /// Runs the connection's own work and its callbacks: the thread of its reactor where the engine has reactors, else
    /// the world's executor.
    /// </summary>
    /// <remarks>What is posted to a reactor must not block: it holds up every connection of that reactor.</remarks>
    public abstract IExecutor Executor { get; }

    /// <summary>Bytes, receives and sends so far.</summary>
    public abstract ConnectionStatistics Statistics { get; }

    /// <summary>Begins to deliver input and to ask for output. Exactly once; nothing is read before.</summary>
    /// <param name="receiver">Gets the input.</param>
    /// <param name="source">Gives the output.</param>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public abstract void Start(IReceiver receiver, ISendSource source);

    /// <summary>Says that the source has something to send. From any thread; calls coalesce.</summary>
    /// <remarks>
    /// When the send role is free the calling thread takes it: <see cref="ISendSource.FillSend"/> and the send run
    /// inside this call, for two batches at most; what is left then goes to the engine (here: one work item).
    /// Therefore call it under no lock that FillSend takes. While sends are held it only marks. After the connection
    /// is closed it does nothing.
    /// </remarks>
    public abstract void RequestSend();

    /// <summary>
    /// Like <see cref="RequestSend"/>, also while sends are held: for a batch so long that the peer had better begin
    /// with its first part. Before <see cref="Start"/> it only marks.
    /// </summary>
    public virtual void RequestSendNow() => RequestSend();

    /// <summary>
    /// Makes <see cref="RequestSend"/> only mark until the matching <see cref="ReleaseSends"/>. Nests.
    /// </summary>
    /// <remarks>
    /// Gathers the output of a batch into one send. The engine itself holds during a receive batch and releases after
    /// <see cref="IReceiver.OnBatchEnd"/>. A holder must release soon, whatever happens: others' output waits for it.
    /// </remarks>
    public abstract void HoldSends();

    /// <summary>
    /// Ends one <see cref="HoldSends"/>; the last one sends what was marked, like <see cref="RequestSend"/>.
    /// </summary>
    public abstract void ReleaseSends();

    /// <summary>
    /// Runs an item when the receive batch is over and the connection receives again; outside a receive callback of
    /// this connection it is posted at once.
    /// </summary>
    /// <remarks>
    /// For what a batch has woken: it may block or take long, because the connection does not wait for it, and where
    /// the batch ran on a thread of the executor it is run there without a wake-up. Of several items of one batch the
    /// last is run so, the others are posted.
    /// </remarks>
    /// <param name="item">Run exactly once, on a thread of the executor.</param>
    public abstract void RunAfterBatch(IThreadPoolWorkItem item);

    /// <summary>
    /// Stops calling <see cref="IReceiver.OnReceived"/>; the peer is slowed down by the kernel's window.
    /// </summary>
    /// <remarks>
    /// Inside a receive callback it takes effect when that returns; from another thread one delivery that is under
    /// way may still come. Bytes not consumed stay buffered. What else the peer does is found out by receiving: its end
    /// and its reset may be told only after the resume, or when a send fails. Idempotent.
    /// </remarks>
    public abstract void PauseReceive();

    /// <summary>Delivers again, first the bytes that were left unconsumed. Idempotent.</summary>
    public abstract void ResumeReceive();

    /// <summary>
    /// Closes at once: unsent output is dropped, the peer sees a reset where the kind of connection has one.
    /// </summary>
    /// <param name="reason">Reported by <see cref="IReceiver.OnClosed"/>.</param>
    /// <param name="detail">For people; may be null.</param>
    /// <remarks>
    /// Idempotent, the first reason wins; may race with anything; never blocks, calls no callback inside.
    /// </remarks>
    public abstract void Abort(TransportError reason = TransportError.Aborted, string? detail = null);

    /// <summary>
    /// Aborts when still open and waits until closed: callbacks over, memory no longer used by the kernel.
    /// </summary>
    /// <remarks>Idempotent. Do not await it inside a callback of this connection: it would wait for itself.</remarks>
    public abstract ValueTask DisposeAsync();
}
