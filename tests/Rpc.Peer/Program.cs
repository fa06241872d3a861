using NetCore.Rpc;
using NetCore.Rpc.Peer;

// A server for tests that kill, freeze and poison it: prints its port and serves until its input ends or it is killed.
PoisonousProxy? proxy = null;
var service = new PeerService(() => proxy!.Poison());
await using var server = await RpcServer.ListenAsync("tcp://127.0.0.1:0", new PeerDispatcher(service));
proxy = args is ["poison"] ? new PoisonousProxy(server.Address.Port) : null;
Console.WriteLine(proxy?.Port ?? server.Address.Port);
while (Console.ReadLine() is not null)
{
}

// The parent is gone: never outlive it.
Environment.Exit(0);
