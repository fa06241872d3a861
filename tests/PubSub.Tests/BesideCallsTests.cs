using NetCore.Rpc;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

public class BesideCallsTests
{
    [Fact]
    public async Task Calls_and_topics_share_a_listener_and_a_connection()
    {
        await using var broker = new Broker();
        await using var server = await RpcServer.ListenAsync(
            "tcp://127.0.0.1:0",
            new AdderDispatcher(new Adder()),
            new RpcServerOptions { Protocols = [broker] });
        await using var rpc = await RpcClient.ConnectAsync(server.Address);
        var topics = await TopicClient.OverAsync(rpc.Session);
        await using var other = await TopicClient.ConnectAsync(server.Address);
        await using var subscription = await topics.SubscribeAsync("t", MessageFormats.Text);
        await other.CreatePublisher("t", MessageFormats.Text).PublishAsync("hello");
        Assert.Equal(5, await new AdderClient(rpc).AddAsync(2, 3));
        await foreach (var message in subscription)
        {
            Assert.Equal("hello", message.Value);
            break;
        }

        await topics.DisposeAsync();
        Assert.Equal(7, await new AdderClient(rpc).AddAsync(3, 4));
        await using var again = await TopicClient.OverAsync(rpc.Session);
        Assert.Equal(broker.Epoch, again.Epoch);
    }

    [Fact]
    public async Task A_server_without_a_broker_says_that_it_serves_no_topics()
    {
        await using var server = await RpcServer.ListenAsync("tcp://127.0.0.1:0", new AdderDispatcher(new Adder()));
        var error = await Assert.ThrowsAsync<PubSubException>(
            async () => await TopicClient.ConnectAsync(server.Address));
        Assert.Equal(PubSubErrorCode.NotServed, error.Code);
    }

    private sealed class Adder : IAdder
    {
        public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default) => new(a + b);
    }
}

[RpcService]
public interface IAdder
{
    ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default);
}
