using StackExchange.Redis;

namespace NetCore.Bench.Contenders;

/// <summary>Publisher and subscribers of StackExchange.Redis, a multiplexer for each.</summary>
internal sealed class RedisTopicHalf : ITopicHalf
{
    private static readonly RedisChannel Channel = RedisChannel.Literal(TopicWire.Topic);

    private readonly List<ConnectionMultiplexer> _connections = [];
    private TopicMeter _meter = null!;
    private ISubscriber _publisher = null!;

    public void Connect(Uri address, LoadShape shape, TopicMeter meter)
    {
        _meter = meter;
        var all = shape.Connections + (shape.Bystander == Bystander.Reads ? 1 : 0);
        for (var i = 0; i < all; i++)
        {
            var subscriber = i;

            // The queue keeps the order of messages, which a plain handler does not.
            NewConnection(address).Subscribe(Channel).OnMessage(message =>
            {
                if (subscriber < shape.Connections)
                {
                    meter.Deliver(subscriber, ((ReadOnlyMemory<byte>)message.Message).Span);
                }
            });
        }

        _publisher = NewConnection(address);
    }

    public bool TryPublish(ReadOnlySpan<byte> message)
    {
        _publisher.Publish(Channel, message.ToArray(), CommandFlags.FireAndForget);
        return true;
    }

    public void Flush()
    {
        // Its writer does that by itself.
    }

    public void Wait(long count) => _meter.WaitFor(count);

    public void Dispose() => _connections.ForEach(static one => one.Dispose());

    private ISubscriber NewConnection(Uri address)
    {
        var options = new ConfigurationOptions { EndPoints = { Addresses.EndPointOf(address) } };
        var connection = ConnectionMultiplexer.Connect(options);
        _connections.Add(connection);
        return connection.GetSubscriber();
    }
}
