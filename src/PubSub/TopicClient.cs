using System.Diagnostics.CodeAnalysis;
using NetCore.Framing;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub;

/// <summary>Publishes and subscribes at one broker, over one connection. Thread-safe; share it.</summary>
/// <remarks>
/// It does not reconnect: when the connection is lost, its publishes fail and its subscriptions end. Dispose it; what
/// was published before has a second to reach the broker.
/// </remarks>
[SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in what must be given.")]
public sealed class TopicClient : IAsyncDisposable
{
    private readonly ClientStream _stream;
    private readonly bool _owns;

    private TopicClient(ClientStream stream, bool owns)
    {
        _stream = stream;
        _owns = owns;
    }

    /// <summary>Names the life of the broker: sequences of another epoch mean nothing to it.</summary>
    public ulong Epoch => _stream.Epoch;

    /// <summary>The session below, for its counters and its connection.</summary>
    public PeerSession Session => _stream.Session;

    /// <summary>Completes when topics have ended on this connection; says why and never faults.</summary>
    public Task<PubSubException> Closed => _stream.Ended.Task;

    /// <summary>Messages that the broker has refused so far, also of those that wait for no acknowledgement.</summary>
    public long Refused => _stream.Outbox.Refused;

    internal ClientStream Stream => _stream;

    /// <summary>Connects to a broker.</summary>
    /// <param name="address">For example <c>tcp://host:7001</c> or <c>unix:///run/topics.sock</c>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TransportException">No connection.</exception>
    /// <exception cref="SessionException">The peer is no NetCore server, or of an incompatible version.</exception>
    /// <exception cref="PubSubException">It serves no topics, or does not answer in time.</exception>
    public static async ValueTask<TopicClient> ConnectAsync(
        TransportAddress address, TopicClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new TopicClientOptions();
        var world = options.World;
        var transport = options.Transport ?? Transports.Create(world);
        var connection = await transport
            .ConnectAsync(address, options.Connect, cancellationToken).ConfigureAwait(false);
        var session = new PeerSession(
            world, connection, SessionRole.Connector, NoStreams.Instance, options.Session);
        session.Start();
        var registration = cancellationToken.UnsafeRegister(
            static session => ((PeerSession)session!).Abort("Connecting was cancelled."), session);
        try
        {
            await session.Established.ConfigureAwait(false);
            return await AttachAsync(session, owns: true, options.AnswerTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Publishes and subscribes on a session that there is already, beside calls.</summary>
    /// <param name="session">Established, for example that of an RPC client; it stays the caller's.</param>
    /// <param name="answerTimeout">See <see cref="TopicClientOptions.AnswerTimeout"/>; null: its default.</param>
    /// <param name="cancellationToken">Ends the attempt; the session goes on.</param>
    /// <exception cref="PubSubException">
    /// The peer serves no topics, another client has taken them, or it does not answer in time.
    /// </exception>
    public static async ValueTask<TopicClient> OverAsync(
        PeerSession session, TimeSpan? answerTimeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var options = new TopicClientOptions();
        options = answerTimeout is { } timeout ? options with { AnswerTimeout = timeout } : options;
        return await AttachAsync(session, owns: false, options.AnswerTimeout, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Publishes bytes to a topic. Make one for each topic, and keep it.</summary>
    /// <param name="topic">Where to.</param>
    /// <param name="options">Null means the defaults.</param>
    public TopicPublisher CreatePublisher(TopicName topic, PublisherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return new TopicPublisher(_stream.Outbox, topic, options ?? PublisherOptions.Default);
    }

    /// <summary>Publishes values to a topic. Make one for each topic, and keep it.</summary>
    /// <param name="topic">Where to.</param>
    /// <param name="format">How values are written; see <see cref="MessageFormats"/>.</param>
    /// <param name="options">Null means the defaults.</param>
    public TopicPublisher<T> CreatePublisher<T>(
        TopicName topic, IMessageFormat<T> format, PublisherOptions? options = null) =>
        new(CreatePublisher(topic, options), format);

    /// <summary>Subscribes; messages are bytes, lent until the next one is asked for.</summary>
    /// <param name="pattern">What for.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the broker's answer, and the subscription with it.</param>
    /// <exception cref="PubSubException">Refused, not answered in time, or the client is closed.</exception>
    public ValueTask<Subscription<ReadOnlyMemory<byte>>> SubscribeAsync(
        TopicPattern pattern, SubscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        SubscribeAsync(pattern, MessageFormats.Bytes, options, cancellationToken);

    /// <summary>Subscribes; messages are values.</summary>
    /// <param name="pattern">What for.</param>
    /// <param name="format">How values are read; see <see cref="MessageFormats"/>.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the broker's answer, and the subscription with it.</param>
    /// <exception cref="PubSubException">Refused, not answered in time, or the client is closed.</exception>
    public async ValueTask<Subscription<T>> SubscribeAsync<T>(
        TopicPattern pattern, IMessageFormat<T> format, SubscriptionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(format);
        options = Checked(options);
        var subscription = new Subscription<T>(_stream, _stream.NextId(), pattern, options, format);
        await StartAsync(subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>Subscribes; messages go to a handler on the thread that receives them.</summary>
    /// <param name="pattern">What for.</param>
    /// <param name="handler">Must not block.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the broker's answer, and the subscription with it.</param>
    /// <exception cref="PubSubException">Refused, not answered in time, or the client is closed.</exception>
    public async ValueTask<Subscription> SubscribeAsync(
        TopicPattern pattern, MessageHandler handler, SubscriptionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(handler);
        options = Checked(options);
        var subscription = new HandlerSubscription(_stream, _stream.NextId(), pattern, options, handler);
        await StartAsync(subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    /// <summary>
    /// Sends what was published, ends the subscriptions, and closes the connection if it is its own. On a session that
    /// is not, the broker has <see cref="TopicClientOptions.AnswerTimeout"/> to confirm the end.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _stream.SayEnd();
        if (_owns)
        {
            var linger = TimeSpan.FromMilliseconds(PubSubLimits.LingerOnDisposeMilliseconds);
            await Session.DrainAsync(linger).ConfigureAwait(false);
        }

        if (!await AnswerDeadline.TryWaitAsync(Session.World, Closed, _stream.AnswerTimeout).ConfigureAwait(false))
        {
            _stream.Abandon();
            await Closed.ConfigureAwait(false);
        }
    }

    private static async ValueTask<TopicClient> AttachAsync(
        PeerSession session, bool owns, TimeSpan answerTimeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = new ClientStream(session, answerTimeout);
        stream.Open();
        try
        {
            await AnswerDeadline.WaitAsync(session.World, stream.Attached, answerTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            stream.Abandon();
            throw;
        }

        return new TopicClient(stream, owns);
    }

    private async ValueTask StartAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _stream.Subscribe(subscription);
        try
        {
            await AnswerDeadline
                .WaitAsync(_stream.World, subscription.Started, _stream.AnswerTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            // Nobody waits for its end.
            _ = subscription.EndAsync();
            throw;
        }
    }

    private static SubscriptionOptions Checked(SubscriptionOptions? options)
    {
        options ??= SubscriptionOptions.Default;
        if (options.Group is { } group && TopicText.OfGroup(System.Text.Encoding.UTF8.GetBytes(group)) is { } problem)
        {
            throw new ArgumentException($"The name of the group is malformed: {problem}", nameof(options));
        }

        return options;
    }

    private sealed class NoStreams : ISessionHandler
    {
        public static NoStreams Instance { get; } = new();

        public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => null;

        public void OnBatchEnd(PeerSession session)
        {
        }

        public void OnClosed(PeerSession session, in SessionClose close)
        {
        }
    }
}
