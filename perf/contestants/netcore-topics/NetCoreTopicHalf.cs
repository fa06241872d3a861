using NetCore.PubSub;

namespace NetCore.Bench.Contenders;

/// <summary>Publisher and subscribers of NetCore.PubSub, a client for each; they share one engine.</summary>
internal sealed class NetCoreTopicHalf(EngineSetup setup) : ITopicHalf
{
    private readonly EngineTransport _engine = setup.NewTransport();
    private readonly List<TopicClient> _clients = [];
    private readonly ManualResetEventSlim _release = new();
    private EngineTransport? _stalled;
    private TopicMeter _meter = null!;
    private TopicPublisher _publisher = null!;

    public void Connect(Uri address, LoadShape shape, TopicMeter meter)
    {
        _meter = meter;
        for (var i = 0; i < shape.Connections; i++)
        {
            var subscriber = i;
            Subscribe(address, _engine, (in MessageView message) => Deliver(subscriber, message));
        }

        if (shape.Bystander == Bystander.Reads)
        {
            Subscribe(address, _engine, static (in MessageView _) => { });
        }
        else if (shape.Bystander == Bystander.Stalls)
        {
            // A thread of its own, which does not come back from its first message: nothing reads its socket.
            _stalled = setup.NewTransport();
            Subscribe(address, _stalled, (in MessageView _) => _release.Wait());
        }

        _publisher = Connect(address, _engine).CreatePublisher(TopicWire.Topic);
    }

    public bool TryPublish(ReadOnlySpan<byte> message) => _publisher.TryPublish(message);

    public void Flush() => _publisher.Flush();

    public void Wait(long count) => _meter.WaitFor(count);

    public void Dispose()
    {
        _release.Set();
        Task.WhenAll(_clients.Select(static client => client.DisposeAsync().AsTask())).GetAwaiter().GetResult();
        _stalled?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Deliver(int subscriber, in MessageView message)
    {
        if (message.Gap is { } gap)
        {
            _meter.Fail($"Subscriber {subscriber} has lost {gap.Count} messages: {gap.Reason}.");
            return;
        }

        _meter.Deliver(subscriber, message.Payload);
    }

    private void Subscribe(Uri address, EngineTransport engine, MessageHandler handler) =>
        Connect(address, engine).SubscribeAsync(TopicWire.Topic, handler).AsTask().GetAwaiter().GetResult();

    private TopicClient Connect(Uri address, EngineTransport engine)
    {
        var options = new TopicClientOptions { World = engine.World, Transport = engine.Transport };
        var client = TopicClient.ConnectAsync(address.Text, options).AsTask().GetAwaiter().GetResult();
        _clients.Add(client);
        return client;
    }
}
