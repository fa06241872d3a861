using System.Buffers.Binary;
using NetCore.PubSub;

// A broker, publisher or subscriber for tests that kill it. It never outlives its parent, whose pipe is its input.
_ = Task.Run(() =>
{
    while (Console.ReadLine() is not null)
    {
    }

    Environment.Exit(0);
});
switch (args)
{
    case ["broker"]:
        // Whoever connects may be a process that has just begun, on a machine that has other things to do.
        var options = new BrokerOptions();
        options = options with { Session = options.Session with { HandshakeTimeout = TimeSpan.FromMinutes(1) } };
        await using (var broker = new Broker(options))
        {
            var address = await broker.ListenAsync("tcp://127.0.0.1:0");
            Console.WriteLine(address.Port);
            // Until it is killed, or its input ends.
            await Task.Delay(Timeout.Infinite);
        }

        break;
    case ["publisher", var port, var topic]:
        // Numbers from 1 on, until it is killed or its broker dies.
        await using (var client = await TopicClient.ConnectAsync($"tcp://127.0.0.1:{port}"))
        {
            var publisher = client.CreatePublisher(topic);
            Console.WriteLine(port);
            for (var number = 1L; !client.Closed.IsCompleted; number++)
            {
                try
                {
                    await publisher.PublishAsync(Bytes(number));
                }
                catch (PubSubException)
                {
                    break;
                }
            }
        }

        break;
    case ["subscriber", var port, var topic]:
        await using (var client = await TopicClient.ConnectAsync($"tcp://127.0.0.1:{port}"))
        {
            await using var subscription = await client.SubscribeAsync(topic);
            Console.WriteLine(port);
            await foreach (var message in subscription)
            {
                _ = message;
            }
        }

        break;
    default:
        throw new ArgumentException("broker | publisher PORT TOPIC | subscriber PORT TOPIC");
}

static byte[] Bytes(long number)
{
    var bytes = new byte[64];
    BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
    return bytes;
}
