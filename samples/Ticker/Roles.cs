using NetCore.Core;
using NetCore.PubSub;
using NetCore.Transport;

namespace NetCore.Ticker;

/// <summary>The three programs: a broker, a publisher of prices that walk at random, and a live view.</summary>
internal static class Roles
{
    private static readonly string[] Symbols = ["eurusd", "eurchf", "gbpusd", "usdjpy", "audusd", "usdcad"];

    /// <summary>The engine that brokers and clients of this process run on, which name none.</summary>
    public static string Engine => Transports.Create(World.Default).Backend;

    /// <summary>The broker keeps the last price of each symbol, so that a new view is full at once.</summary>
    public static Broker MakeBroker() => new(new BrokerOptions
    {
        Topics = [new TopicRule("prices.*") { KeepsLastValues = true }],
    });

    public static async Task PublishAsync(TransportAddress address, CancellationToken stop)
    {
        await using var client = await TopicClient.ConnectAsync(address, cancellationToken: stop);
        Console.WriteLine($"Publishing to {address} by {Engine}; Ctrl+C ends it.");
        var publishers = Symbols.Select(
            symbol => client.CreatePublisher($"prices.{symbol}", MessageFormats.Blittable<Price>())).ToArray();
        var prices = Symbols.Select(static (_, i) => 1.0 + i).ToArray();
        var random = new Random(1);
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < 100; i++)
            {
                var symbol = random.Next(Symbols.Length);
                prices[symbol] *= 1 + ((random.NextDouble() - 0.5) * 1e-4);
                var price = new Price(prices[symbol], prices[symbol] * 1.0001);
                await publishers[symbol].PublishAsync(price, cancellationToken: CancellationToken.None);
            }

            // The pace of the sample: 10,000 prices a second.
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Shows the newest price of each symbol. Slower than the prices: a newer one replaces an older.</summary>
    public static async Task ViewAsync(TransportAddress address, CancellationToken stop)
    {
        await using var client = await TopicClient.ConnectAsync(address, cancellationToken: stop);
        await using var prices = await client.SubscribeAsync(
            "prices.*",
            MessageFormats.Blittable<Price>(),
            new SubscriptionOptions { Overflow = OverflowRule.Conflate, WindowBytes = 4096 },
            stop);
        Console.WriteLine($"Connected to {address} by {Engine}; waiting for prices.");
        var screen = new Screen();
        try
        {
            await foreach (var message in prices.WithCancellation(stop))
            {
                if (message.Gap is null)
                {
                    screen.Set(message.Topic, message.Value, message.Sequence);
                }

                screen.Show(prices.Delivered, prices.Lost);
            }
        }
        catch (OperationCanceledException)
        {
        }

        screen.End(prices.Delivered, prices.Lost);
    }
}
