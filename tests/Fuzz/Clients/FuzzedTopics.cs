using NetCore.Framing;
using NetCore.Fuzz.Sessions;
using NetCore.PubSub;
using NetCore.Session;

namespace NetCore.Fuzz.Clients;

/// <summary>Subscriptions 1 to 3, and publishes whose batches are numbered from 1 on.</summary>
internal sealed class FuzzedTopics(Task<TopicClient> connecting, SessionScript script) : IFuzzedClient
{
    private const int Most = 40;
    private const int SmallWindow = 1000;
    private const int LongMessage = 20_000;

    // W-97 and the table before it of docs/wire-format.md: epoch 7, both windows, version 1.
    private static readonly byte[] Attached = Greeting.Frame(FrameKind.Data, UpperProtocol.PubSub, 1,
    [
        17, 0, 0, 0, 28, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0x30, 0x75, 0, 0, 0, 0, 16, 0, 1, 0, 0, 0,
    ]);

    private readonly Pending _pending = new(script, static error => error is PubSubException);
    private readonly List<Subscription> _subscriptions = [];
    private TopicClient? _client;
    private int _begun;

    public byte[] Welcome => script.Refuses ? [] : Attached;

    public bool IsOver
    {
        get
        {
            var isOver = _pending.IsOver && _subscriptions.TrueForAll(one => one.Closed.IsCompleted)
                && connecting.IsCompleted
                && (connecting.IsCompletedSuccessfully ? connecting.Result.Closed.IsCompleted
                    : connecting.Exception!.InnerException is SessionException or PubSubException);
            foreach (var subscription in _subscriptions)
            {
                BrokenLawException.Unless(subscription.Positions.Positions.Count <= PubSubLimits.MaxPositions);
                BrokenLawException.Unless(subscription is { Delivered: >= 0, Lost: >= 0, UnknownGaps: >= 0 });
            }

            return isOver;
        }
    }

    public void Start() => _pending.Begin(async _ =>
    {
        try
        {
            _client = await connecting;
        }
        catch (SessionException)
        {
            // A world without memory may keep it from coming so far.
            return;
        }

        _pending.Begin(HandleAsync);
        _pending.Begin(token => EnumerateAsync(">", MessageFormats.Bytes, new() { WindowBytes = SmallWindow }, token));
        _pending.Begin(token => EnumerateAsync("a.*", MessageFormats.Text, new()
        {
            WindowBytes = 1,
            Overflow = OverflowRule.Conflate,
            ResumeFrom = new TopicPositions(7, [new("a.b", 3)]),
        }, token));
        Publish();
    });

    public void Act()
    {
        switch (script.Next(6))
        {
            case 0:
                _pending.CancelOne();
                break;
            case 1 when _subscriptions.Count > 0:
                var subscription = _subscriptions[script.Next(_subscriptions.Count)];
                _pending.Begin(async _ => await subscription.DisposeAsync());
                break;
            case 2 or 3:
                _pending.GoOn();
                break;
            default:
                Publish();
                break;
        }
    }

    public void Finish() => _pending.Finish();

    public async Task EndAsync()
    {
        if (_client is { } client)
        {
            await client.DisposeAsync();
        }
    }

    private void Publish()
    {
        if (_client is not { } client || _begun == Most)
        {
            return;
        }

        var publisher = client.CreatePublisher("a.b", new PublisherOptions
        {
            Acknowledgement = _begun++ % 2 == 0
                ? PublishAcknowledgement.Accepted : PublishAcknowledgement.None,
        });
        for (var i = 0; i < 3; i++)
        {
            var length = script.Next(8) == 0 ? LongMessage : i;
            _pending.Begin(async token => await publisher.PublishAsync(new byte[length], cancellationToken: token));
        }

        publisher.Flush();
    }

    private async Task HandleAsync(CancellationToken cancellation)
    {
        var bytes = 0L;
        _subscriptions.Add(await _client!.SubscribeAsync(
            "a.b",
            (in MessageView message) =>
            {
                bytes += message.Gap is null ? message.Payload.Length + message.Key.Length : 0;
                if (message.TryGetHeader("throw"u8, out _))
                {
                    throw new InvalidOperationException("As a handler may.");
                }
            },
            cancellationToken: cancellation));
    }

    private async Task EnumerateAsync<T>(
        string pattern, IMessageFormat<T> format, SubscriptionOptions options, CancellationToken cancellation)
    {
        // Who gives up before the end leaves messages behind.
        await using var subscription = await _client!.SubscribeAsync(pattern, format, options, cancellation);
        _subscriptions.Add(subscription);
        await foreach (var message in subscription.WithCancellation(cancellation))
        {
            BrokenLawException.Unless(message.Gap is null || message.Sequence == 0);
            await _pending.PauseAsync();
        }
    }
}
