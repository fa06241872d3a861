using System.Diagnostics;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>
/// A broker and clients in a world that is stepped by hand; disposing checks that nothing is left over.
/// </summary>
internal sealed class TopicRig : IDisposable
{
    private static readonly TransportAddress Address = TransportAddress.InProcess("topics");

    private readonly List<TopicClient> _clients = [];
    private readonly List<Pulled> _pulled = [];

    public TopicRig(
        ulong seed = 1,
        bool permute = false,
        BrokerOptions? options = null,
        InMemoryOptions? pipe = null,
        long byteBudget = 256 * 1024 * 1024)
    {
        // Continuations on a thread with a context would leave for the pool, out of the stepped world.
        SynchronizationContext.SetSynchronizationContext(null);
        Test = new TestWorld(seed, permute, byteBudget, Log);
        Transport = new InMemoryTransport(Test.World, pipe);
        Broker = MakeBroker(options);
        Get(Broker.ListenAsync(Address));
        _options = options;
    }

    private readonly BrokerOptions? _options;

    public LogCapture Log { get; } = new();

    public TestWorld Test { get; }

    public InMemoryTransport Transport { get; }

    public Broker Broker { get; private set; }

    public static byte[] Bytes(int number) => BitConverter.GetBytes(number);

    public static BrokerOptions With(params TopicRule[] rules) => new() { Topics = rules };

    public TopicClient Connect(SessionOptions? session = null)
    {
        var options = new TopicClientOptions { World = Test.World, Transport = Transport };
        var client = Get(TopicClient.ConnectAsync(
            Address, session is null ? options : options with { Session = session }));
        _clients.Add(client);
        return client;
    }

    public PeerSession ConnectRaw(ISessionHandler handler)
    {
        var connection = Get(Transport.ConnectAsync(Address));
        var session = new PeerSession(Test.World, connection, SessionRole.Connector, handler);
        session.Start();
        Finish(session.Established);
        return session;
    }

    public Collector Collect(TopicClient client, TopicPattern pattern, SubscriptionOptions? options = null)
    {
        var collector = new Collector();
        collector.Subscription = Get(client.SubscribeAsync(pattern, collector.Handle, options));
        return collector;
    }

    public Pulled Pull(TopicClient client, TopicPattern pattern, SubscriptionOptions? options = null)
    {
        var pulled = new Pulled(this, Get(client.SubscribeAsync(pattern, options)));
        _pulled.Add(pulled);
        return pulled;
    }

    /// <summary>Publishes numbers and lets everything that follows happen.</summary>
    public void Publish(TopicClient client, TopicName topic, params IEnumerable<int> numbers)
    {
        var publisher = client.CreatePublisher(topic);
        foreach (var number in numbers)
        {
            Finish(publisher.PublishAsync(Bytes(number)));
        }

        Test.Settle();
    }

    /// <summary>The broker dies and another comes up at its address.</summary>
    public void RestartBroker()
    {
        Finish(Broker.DisposeAsync());
        Test.Settle();
        Broker = MakeBroker(_options);
        Get(Broker.ListenAsync(Address));
    }

    public void Advance(int milliseconds) => Test.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public T Get<T>(ValueTask<T> task) => Get(task.AsTask());

    public T Get<T>(Task<T> task)
    {
        Wait(task);
        return task.GetAwaiter().GetResult();
    }

    public void Finish(ValueTask task) => Finish(task.AsTask());

    public void Finish(Task task)
    {
        Wait(task);
        task.GetAwaiter().GetResult();
    }

    public PubSubErrorCode Error(Task task)
    {
        Wait(task);
        return Assert.IsType<PubSubException>(task.Exception?.InnerException).Code;
    }

    public void Dispose()
    {
        foreach (var pulled in _pulled)
        {
            Finish(pulled.DisposeAsync());
        }

        foreach (var client in _clients)
        {
            Finish(client.DisposeAsync());
        }

        Finish(Broker.DisposeAsync());
        Test.Settle();
        Assert.Equal(0, Broker.Subscriptions);
        Test.AssertBaseline();
        Test.Dispose();
    }

    private Broker MakeBroker(BrokerOptions? options) =>
        new((options ?? new BrokerOptions()) with { World = Test.World, Transport = Transport });

    private void Wait(Task task)
    {
        var started = Stopwatch.GetTimestamp();
        while (!task.IsCompleted)
        {
            Test.Settle();
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(90))
            {
                throw new TimeoutException("The world is quiet and the task has not ended.");
            }
        }
    }
}
