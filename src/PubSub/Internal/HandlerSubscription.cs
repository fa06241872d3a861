using Microsoft.Extensions.Logging;

namespace NetCore.PubSub.Internal;

/// <summary>A subscription whose messages go to a handler on the receiving thread.</summary>
internal sealed class HandlerSubscription(
    ClientStream stream, uint id, TopicPattern pattern, SubscriptionOptions options, MessageHandler handler)
    : Subscription(stream, id, pattern, options)
{
    private readonly ILogger _logger = stream.Logger;
    private volatile bool _dropped;

    internal override void OnDeliver(in Delivery delivery, in ReceivedRecords records)
    {
        if (_dropped)
        {
            return;
        }

        var rest = records.ToSpan();
        var index = 0;
        while (index < delivery.Count && !_dropped)
        {
            try
            {
                while (index < delivery.Count && !_dropped)
                {
                    var length = Record.LengthOf(rest);
                    var record = Record.Read(rest[..length]);
                    rest = rest[length..];
                    var view = new MessageView(delivery.Topic, in record, delivery.Origin(index++));
                    handler(in view);
                }
            }
#pragma warning disable CA1031 // It is somebody else's code; other messages and connections must not suffer from it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                PubSubLog.HandlerThrew(_logger, Pattern, exception);
            }
        }

        // A handler may have disposed of the subscription in the middle; the rest was not given to it.
        if (index > 0)
        {
            Count(delivery with { Count = index });
            OnHandled(delivery.Topic, delivery.First + (uint)index - 1);
        }

        Grant(records.Length);
    }

    internal override void OnGap(Gap gap)
    {
        if (_dropped)
        {
            return;
        }

        Count(gap);
        try
        {
            handler(new MessageView(gap, Epoch));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            PubSubLog.HandlerThrew(_logger, Pattern, exception);
        }

        OnHandled(gap);
    }

    private protected override void OnOver(PubSubException? reason)
    {
    }

    private protected override void Drop() => _dropped = true;
}
