using NetCore.Fuzz.Sessions;
using NetCore.PubSub;
using NetCore.Rpc;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Fuzz.Servers;

/// <summary>A server of calls with a broker beside it, in a world that is stepped.</summary>
internal sealed class ServerRig : IDisposable
{
    private static readonly TopicRule Keeping = new(">")
    {
        KeepsLastValues = true, ReplayMessages = 10, AllowBlocking = true,
    };

    private readonly FuzzTransport _transport = new();
    private readonly Broker _broker;
    private readonly RpcServer _server;

    /// <summary>Makes one.</summary>
    /// <param name="keeps">Its topics keep messages for those who come later, and may block.</param>
    public ServerRig(bool keeps)
    {
        Keeps = keeps;
        Test = new TestWorld();
        _broker = new Broker(new BrokerOptions
        {
            World = Test.World,
            Topics = keeps ? [Keeping] : [],
        });
        _server = Get(RpcServer.ListenAsync(
            "inproc://fuzz",
            new FuzzedDispatcher(Service),
            new RpcServerOptions { World = Test.World, Transport = _transport, Protocols = [_broker] }));
    }

    /// <summary>What is published leaves something behind.</summary>
    public bool Keeps { get; }

    public TestWorld Test { get; }

    public Fuzzed Service { get; } = new();

    /// <summary>Connections and clients of the broker that are left.</summary>
    public int Peers => _server.Connections + _broker.Clients + _broker.Subscriptions;

    public FuzzConnection Connect(bool inBlocks)
    {
        var connection = new FuzzConnection(Test.World, inBlocks);
        _transport.Accept(connection);
        Test.Settle();
        return connection;
    }

    /// <summary>Ends it; nothing may be left.</summary>
    public void Dispose()
    {
        Finish(_broker.DisposeAsync());
        Finish(_server.DisposeAsync());
        Test.AssertBaseline();
        Test.Dispose();
    }

    private T Get<T>(ValueTask<T> task)
    {
        Test.Settle();
        BrokenLawException.Unless(task.IsCompleted);
        return task.Result;
    }

    private void Finish(ValueTask task)
    {
        for (var i = 0; i < 10 && !task.IsCompleted; i++)
        {
            Test.Advance(TimeSpan.FromSeconds(1));
        }

        BrokenLawException.Unless(task.IsCompletedSuccessfully);
    }
}
