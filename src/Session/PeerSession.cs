using NetCore.Core;
using NetCore.Framing;
using NetCore.Session.Internal;
using NetCore.Transport;

namespace NetCore.Session;

/// <summary>Many streams of messages over one connection to one peer.</summary>
/// <remarks>
/// Thread-safe. The state is guarded by one short gate, under which no callback, encoding or system call happens.
/// It owns its connection. Life: made, <see cref="Start"/> once, <see cref="Established"/>, closed once, disposed.
/// </remarks>
public sealed class PeerSession : IAsyncDisposable
{
    private readonly SessionPump _pump;
    private readonly MessagePool _messages;

    /// <summary>
    /// Creates a session on a connection that is not started yet; nothing happens before <see cref="Start"/>.
    /// </summary>
    /// <param name="world">Where it lives.</param>
    /// <param name="connection">The connection, owned by the session from now on.</param>
    /// <param name="role">Which side this is.</param>
    /// <param name="handler">The floor above.</param>
    /// <param name="options">Null means <see cref="SessionOptions.Default"/>.</param>
    public PeerSession(
        World world, Connection connection, SessionRole role, ISessionHandler handler, SessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(handler);
        _messages = MessagePool.Of(world, connection.Executor);
        _pump = new SessionPump(this, world, connection, role, handler, options ?? SessionOptions.Default);
    }

    /// <summary>The connection below.</summary>
    public Connection Connection => _pump.Connection;

    /// <summary>Where it lives.</summary>
    public World World => _pump.World;

    /// <summary>Completes when the peer's hello has been accepted.</summary>
    /// <exception cref="SessionException">The handshake failed or the connection was lost before.</exception>
    public Task Established => _pump.Established;

    /// <summary>Completes when the session has ended; never faults.</summary>
    public Task<SessionClose> Closed => _pump.Closed;

    /// <summary>
    /// When the frames that are being handed out were received, on the world's timers. For receive callbacks.
    /// </summary>
    public long ReceivedAt => _pump.ReceivedAt;

    /// <summary>Fails unless all credit is accounted for, to the byte. For tests.</summary>
    /// <exception cref="InvalidOperationException">It is not; the message says where.</exception>
    public void AssertCredit() => Streams.AssertCredit();

    private StreamGate Streams => new(_pump);

    // Tests look into it.
    internal SessionCore Core => _pump.Core;

    // Tests stop others at it.
    internal Lock Gate => _pump.Gate;

    /// <summary>Streams of both sides that have not ended.</summary>
    public int OpenStreams
    {
        get
        {
            lock (_pump.Gate)
            {
                var streams = _pump.Core.Streams;
                return streams.OwnOpen + streams.OwnWaiting + streams.AcceptedActive;
            }
        }
    }

    /// <summary>Sends the hello and begins to receive. Exactly once; after an abort it does nothing.</summary>
    public void Start() => _pump.Start();

    /// <summary>An empty message; hand it over or dispose it.</summary>
    public OutgoingMessage RentMessage() => _messages.Rent();

    /// <summary>Opens a stream by its first message.</summary>
    /// <param name="stream">The stream's object; it must not be in use.</param>
    /// <param name="message">Taken over, whatever the answer.</param>
    /// <param name="protocol">Who serves it at the peer.</param>
    /// <param name="end">This side sends nothing after the message.</param>
    /// <param name="singleExchange">
    /// The peer's first message ends the stream, whatever is left to send or to come.
    /// </param>
    /// <param name="frameClass">Calls go before bulk.</param>
    /// <exception cref="InvalidOperationException">The object is in use.</exception>
    public OpenResult Open(
        SessionStream stream,
        OutgoingMessage message,
        UpperProtocol protocol,
        bool end,
        bool singleExchange = false,
        FrameClass frameClass = FrameClass.Call) =>
        Streams.Open(stream, message, protocol, end, singleExchange, frameClass);

    /// <summary>Sends a message on an open stream.</summary>
    /// <remarks>
    /// Messages wait here while the peer takes none: a sender of many waits for answers between them. An empty message
    /// that is not the last counts as a control frame at the peer, which takes about 50 of them a second.
    /// </remarks>
    /// <param name="stream">The stream.</param>
    /// <param name="message">Taken over, whatever the answer.</param>
    /// <param name="end">This side sends nothing after it.</param>
    /// <param name="flush">False: it waits for the next send, or for <see cref="Flush"/>.</param>
    /// <returns>
    /// False when the stream, or this side of it, has ended already, or the message is larger than the peer takes.
    /// Also when <see cref="SessionLimits.MaxQueuedBytes"/> wait already, and then the session is aborted with
    /// <see cref="SessionError.SlowConsumer"/>, unless the stream is paced.
    /// </returns>
    public bool Send(SessionStream stream, OutgoingMessage message, bool end, bool flush = true) =>
        Streams.Send(stream, message, end, flush);

    /// <summary>Sends what waits for it; see <see cref="Send"/>.</summary>
    public void Flush() => _pump.RequestSend();

    /// <summary>Says that the consumer of a paced stream has taken bytes, so that its peer may send more.</summary>
    /// <remarks>
    /// Once for each quarter of the window is enough, which is when credit is granted, and never more than was handed
    /// over. For a stream that has ended it does nothing.
    /// </remarks>
    /// <param name="stream">A stream that <see cref="SessionStream.IsPaced"/>.</param>
    /// <param name="life">The stream's <see cref="SessionStream.Life"/> that is meant.</param>
    /// <param name="bytes">Whole messages of it.</param>
    public void Consume(SessionStream stream, long life, int bytes) => Streams.Consume(stream, life, bytes);

    /// <summary>True when a message is larger than the peer said it takes.</summary>
    public bool IsTooLarge(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _pump.Core.IsTooLarge(message);
    }

    /// <summary>Ends a stream from this side.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="life">
    /// The stream's <see cref="SessionStream.Life"/> that is meant; for another it does nothing.
    /// </param>
    /// <param name="code">What the peer is told, when it knows of the stream.</param>
    /// <param name="sent">
    /// True when a frame of it has been handed to the connection, so that the peer may know of it.
    /// </param>
    /// <returns>
    /// True when this call ended it, and then its <see cref="SessionStream.OnEnded"/> does not come. False when it has
    /// ended already, or is just being ended by another thread.
    /// </returns>
    public bool TryReset(SessionStream stream, long life, ResetCode code, out bool sent) =>
        Streams.TryReset(stream, life, code, out sent);

    /// <summary>
    /// Says that the work for a stream that the peer opened is over; until then its slot stays taken.
    /// </summary>
    public void Release(SessionStream accepted) => Streams.Release(accepted);

    /// <summary>
    /// Stops in order: takes no new streams, lets the open ones end, then closes. Never started, it is aborted.
    /// </summary>
    /// <param name="timeout">After it the session is aborted. At least 1 ms.</param>
    /// <returns>How the session ended.</returns>
    public async ValueTask<SessionClose> DrainAsync(TimeSpan timeout)
    {
        lock (_pump.Gate)
        {
            _pump.Core.Drain(SessionError.Draining, "The peer is stopping in order.");
        }

        if (_pump.IsStarted)
        {
            _pump.AbortAfter(timeout);
            _pump.RequestSend();
        }
        else
        {
            Abort("The session was closed before it was started.");
        }

        var close = await Closed.ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
        return close;
    }

    /// <summary>Ends the session at once; open streams end with the reason.</summary>
    public void Abort(string? detail = null) =>
        _pump.Abort(new SessionClose(SessionError.Aborted, false, detail));

    /// <summary>Closes in order when no stream is open, else aborts; waits until the connection is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        bool idle;
        lock (_pump.Gate)
        {
            idle = _pump.Core.Streams.IsEmpty && _pump.Core.IsGreeted;
        }

        if (idle)
        {
            await DrainAsync(TimeSpan.FromMilliseconds(SessionLimits.LingerMilliseconds)).ConfigureAwait(false);
        }
        else
        {
            Abort("The session was disposed.");
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
