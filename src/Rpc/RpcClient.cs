using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>Makes calls over one connection, whichever side has connected. Thread-safe; share it.</summary>
/// <remarks>
/// It does not reconnect: when the connection is lost, its calls fail with <see cref="RpcErrorCode.Unavailable"/> and
/// it is to be replaced. A server closes connections that make no call for 5 minutes, unless its
/// <see cref="SessionOptions.IdleTimeout"/> says otherwise. Dispose it; calls that are still open then fail, and
/// one-way calls have a second to reach the server.
/// </remarks>
public sealed class RpcClient : IInvoker, IAsyncDisposable
{
    // Each made by the first call that needs it: many clients wait, or make no call of that kind.
    private KnownPools _pools;
    private OneWayCalls? _oneWay;

    // Calls that are over, whose callers are to be woken: in the pool, or by the receiving thread.
    private readonly CallQueue _completed;
    private readonly BatchContinuations? _continuations;
    private readonly long _defaultTimeout;
    private readonly long _defaultStreamTimeout;

    private RpcClient(World world, Connection connection, RpcClientOptions options)
    {
        World = world;
        Quarter = options.Session.StreamWindowBytes / SessionLimits.GrantDivisor;
        _defaultTimeout = (long)options.DefaultTimeout.TotalMilliseconds;
        _defaultStreamTimeout = (long)options.DefaultStreamTimeout.TotalMilliseconds;
        _completed = new CallQueue(world, connection, limit: int.MaxValue);
        if (options.Continuations == RpcContinuations.Reactor)
        {
            _continuations = new BatchContinuations(world, connection, _completed, options.StallThreshold);
        }

        var serving = new RpcServerOptions { World = world, Session = options.Session };
        var served = options.Services is { } services ? new ServerPeer(new ServerWorld(services, serving)) : null;
        var peer = new ClientPeer(_continuations, served);
        Session = new PeerSession(world, connection, SessionRole.Connector, peer, options.Session);
        served?.Attach(Session, this);
    }

    /// <summary>Makes calls over a session that was accepted, with the default options.</summary>
    internal RpcClient(World world, PeerSession session, int quarter)
    {
        World = world;
        Quarter = quarter;
        _defaultTimeout = RpcLimits.DefaultTimeoutMilliseconds;
        _defaultStreamTimeout = RpcLimits.MaxTimeoutMilliseconds;
        _completed = new CallQueue(world, session.Connection, limit: int.MaxValue);
        Session = session;
    }

    /// <summary>The other side's address.</summary>
    public TransportAddress Address => Session.Connection.RemoteAddress;

    /// <summary>Completes when the connection has ended; says why and never faults.</summary>
    public Task<SessionClose> Closed => Session.Closed;

    /// <summary>The session below, for its counters and its connection.</summary>
    public PeerSession Session { get; }

    internal World World { get; }

    /// <summary>Bytes after which the consumer of a stream reports.</summary>
    internal int Quarter { get; }

    /// <summary>Connects to a server and exchanges hellos with it.</summary>
    /// <param name="address">For example <c>tcp://host:7000</c> or <c>unix:///run/app.sock</c>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TransportException">
    /// No connection: refused, unreachable, unknown host, deadline passed.
    /// </exception>
    /// <exception cref="SessionException">The peer is no NetCore server, or of an incompatible version.</exception>
    public static async ValueTask<RpcClient> ConnectAsync(
        TransportAddress address, RpcClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new RpcClientOptions();
        var world = options.World;
        var transport = options.Transport ?? Transports.Create(world);
        var connection = await transport
            .ConnectAsync(address, options.Connect, cancellationToken).ConfigureAwait(false);
        var client = new RpcClient(world, connection, options);
        client.Session.Start();
        var registration = cancellationToken.UnsafeRegister(
            static session => ((PeerSession)session!).Abort("Connecting was cancelled."), client.Session);
        try
        {
            await client.Session.Established.ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        var timeout = options.Timeout == TimeSpan.Zero ? _defaultTimeout : (long)options.Timeout.TotalMilliseconds;
        var deadline = World.Timers.Now + timeout;
        var message = Session.RentMessage();
        try
        {
            var header = new RequestHeader(method.Id, (uint)timeout, method.OneWay);
            MessageEncoding.Write(header, method.RequestCodec, in request, message);
            message.StampTimeLeft(RequestHeader.TimeLeftOffset, deadline);
        }
        catch (Exception e)
        {
            message.Dispose();
            if (e is not ByteBudgetExceededException)
            {
                throw;
            }

            var failure = CallErrors.OutOfBudget(RpcExecution.NotSent);
            return ValueTask.FromException<TResponse>(CallErrors.ToException(in failure, method));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // Only now, because the leases of the request belong to the call whatever becomes of it.
            message.Dispose();
            return ValueTask.FromCanceled<TResponse>(cancellationToken);
        }

        return method.OneWay
            ? SendOneWay(method, message, timeout)
            : _pools.Of<TResponse>(this).Rent(this).Send(method, message, deadline, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public RpcStream OpenStream<TRequest>(
        RpcMethod method,
        IMessageCodec<TRequest> requestCodec,
        TRequest request,
        CallOptions options = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(requestCodec);
        if (method.Kind == RpcMethodKind.Unary)
        {
            throw new ArgumentException($"{method} has no items: call it by InvokeAsync.", nameof(method));
        }

        var timeout = options.Timeout == TimeSpan.Zero
            ? _defaultStreamTimeout : (long)options.Timeout.TotalMilliseconds;
        var deadline = World.Timers.Now + timeout;
        var call = new CallerStream(this, method, timeout);
        var message = Session.RentMessage();
        try
        {
            var header = new RequestHeader(method.Id, (uint)timeout, OneWay: false, method.Kind);
            MessageEncoding.Write(header, requestCodec, in request, message);
            message.StampTimeLeft(RequestHeader.TimeLeftOffset, deadline);
        }
        catch (Exception e)
        {
            message.Dispose();
            if (e is not ByteBudgetExceededException)
            {
                throw;
            }

            call.Finish(CallErrors.OutOfBudget(RpcExecution.NotSent));
            return call.Items;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            message.Dispose();
            call.Cancel(cancellationToken);
        }
        else
        {
            call.Open(message, deadline, cancellationToken);
        }

        return call.Items;
    }

    /// <summary>
    /// Closes in order when no call is open; else open calls fail with <see cref="RpcErrorCode.Unavailable"/>. While
    /// one-way calls are open, all of them have <see cref="SessionLimits.LingerMilliseconds"/> to end before.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _oneWay) is { AnyOpen: true })
        {
            // Nobody awaits these: aborting now would drop what their callers were told is on its way.
            var linger = TimeSpan.FromMilliseconds(SessionLimits.LingerMilliseconds);
            await Session.DrainAsync(linger).ConfigureAwait(false);
        }
        else
        {
            await Session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ValueTask<TResponse> SendOneWay<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, OutgoingMessage message, long timeout)
    {
        var opened = OneWay().Rent().Send(method, message, timeout);
        if (opened == OpenResult.Opened)
        {
            return default;
        }

        var failure = CallErrors.OfOpen(opened, Session);
        return ValueTask.FromException<TResponse>(CallErrors.ToException(in failure, method));
    }

    private OneWayCalls OneWay() => Volatile.Read(ref _oneWay)
        ?? Interlocked.CompareExchange(ref _oneWay, new OneWayCalls(World, Session), null) ?? _oneWay;

    /// <summary>The calling thread is the connection's reactor.</summary>
    internal bool IsOnReactor => Session.Connection.Executor is { IsSingleThread: true, IsCurrentThread: true };

    /// <summary>The answer of a call is here; inside the receive callback.</summary>
    internal void OnAnswer() => _continuations?.OnAnswer();

    /// <summary>A call is over and its caller is to go on; from any thread.</summary>
    internal void Complete(IQueuedCall call)
    {
        if (_continuations is { } continuations)
        {
            continuations.Add(call);
        }
        else
        {
            _completed.Enqueue(call);
        }
    }
}
