using NetCore.Core;

namespace NetCore.Rpc.Tests;

public class PeerToPeerTests
{
    [Fact]
    public void A_handler_calls_what_its_caller_serves()
    {
        IInvoker? caller = null;
        using var rig = new SteppedRig(decorate: next => new Seeing(next, call => caller = call.Caller));
        var mine = new Work { OnRun = (value, _) => new(value * 10) };
        var flows = new Flows();
        var client = rig.Connect(new RpcRouter(new WorkDispatcher(mine), new FlowsDispatcher(flows)));
        rig.Service.OnRun = async (value, token) => 1 + await new WorkClient(caller!).RunAsync(value, token);
        Assert.Equal(71, rig.Get(new WorkClient(client).RunAsync(7)));
        Assert.Equal(1, mine.Started);

        rig.Service.OnRun = async (value, token) =>
            (await Items.ListAsync(new FlowsClient(caller!).CountAsync(0, value, token))).Sum();
        Assert.Equal(45, rig.Get(new WorkClient(client).RunAsync(10)));
        Assert.Equal(10, flows.Items);
        rig.Finish(client.DisposeAsync());
    }

    [Fact]
    public void A_client_that_serves_nothing_is_not_called()
    {
        IInvoker? caller = null;
        using var rig = new SteppedRig(decorate: next => new Seeing(next, call => caller = call.Caller));
        rig.Service.OnRun = async (value, token) => await new WorkClient(caller!).RunAsync(value, token);
        rig.AssertFails(rig.Calls.RunAsync(7).AsTask(), RpcErrorCode.UnknownMethod, RpcExecution.Executed);
    }

    [Fact]
    public void Each_connection_may_have_services_of_its_own_and_its_owner_calls_the_other_side()
    {
        using var rig = new SteppedRig();
        var peers = new List<RpcClient>();
        var transport = new Transport.InMemoryTransport(rig.Test.World);
        var server = rig.Get(RpcServer.ListenPerConnectionAsync(
            "inproc://each",
            peer =>
            {
                peers.Add(peer);
                var number = peers.Count;
                return new WorkDispatcher(new Work { OnRun = (value, _) => new(value + (100 * number)) });
            },
            new RpcServerOptions { World = rig.Test.World, Transport = transport }));
        var mine = new Work { OnRun = (value, _) => new(-value) };
        var options = new RpcClientOptions { World = rig.Test.World, Services = new WorkDispatcher(mine) };
        var first = rig.Get(RpcClient.ConnectAsync(server.Address, options));
        var second = rig.Get(RpcClient.ConnectAsync(server.Address, options));
        Assert.Equal(101, rig.Get(new WorkClient(first).RunAsync(1)));
        Assert.Equal(201, rig.Get(new WorkClient(second).RunAsync(1)));
        Assert.Equal(-5, rig.Get(new WorkClient(peers[0]).RunAsync(5)));
        rig.Finish(first.DisposeAsync());
        rig.Finish(second.DisposeAsync());
        Assert.True(peers[0].Closed.IsCompleted);
        rig.Finish(server.DisposeAsync());
    }

    [Fact]
    public void Services_that_cannot_be_made_close_their_connection_only()
    {
        using var rig = new SteppedRig();
        var made = 0;
        var server = rig.Get(RpcServer.ListenPerConnectionAsync(
            "inproc://some",
            _ => made++ == 0 ? throw new InvalidOperationException("not this") : new WorkDispatcher(new Work()),
            new RpcServerOptions
            {
                World = rig.Test.World, Transport = new Transport.InMemoryTransport(rig.Test.World),
            }));
        var options = new RpcClientOptions { World = rig.Test.World };
        var refused = RpcClient.ConnectAsync(server.Address, options).AsTask();
        rig.Test.Settle();
        Assert.IsType<Session.SessionException>(refused.Exception?.InnerException);
        var client = rig.Get(RpcClient.ConnectAsync(server.Address, options));
        Assert.Equal(3, rig.Get(new WorkClient(client).RunAsync(3)));
        Assert.Contains(rig.Log.Lines, line => line.Id == 310);
        rig.Finish(client.DisposeAsync());
        rig.Finish(server.DisposeAsync());
    }

    private sealed class Seeing(IDispatcher next, Action<IncomingCall> see) : IDispatcher
    {
        public IReadOnlyList<RpcMethod> Methods => next.Methods;

        public ValueTask DispatchAsync(IncomingCall call)
        {
            see(call);
            return next.DispatchAsync(call);
        }
    }
}
