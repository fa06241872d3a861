using System.Net;
using System.Net.Sockets;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>
/// The connection is cut after each byte of a dialogue: what a caller is told about its call is never wrong.
/// </summary>
public class CutTests
{
    // More than hello, request and what belongs to it; the last cuts cut nothing.
    private const int LongestDialogue = 160;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_counts_as_not_sent_never_runs_and_none_runs_twice(bool requests)
    {
        await using var rig = await RealRig.StartAsync("tcp");
        var seen = new HashSet<(RpcErrorCode, RpcExecution)>();
        for (var bytes = 0; bytes < LongestDialogue; bytes++)
        {
            using var proxy = new CuttingProxy(rig.Address.Port, requests ? bytes : null, requests ? null : bytes);
            seen.Add(await CallAsync(rig, proxy));
        }

        await RealRig.Until(() => rig.Server.Connections == 1, "all cut connections are gone");
        Assert.Contains((RpcErrorCode.None, RpcExecution.Executed), seen);
        Assert.Contains((RpcErrorCode.Unavailable, RpcExecution.NotSent), seen);
        Assert.Contains((RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted), seen);
    }

    private static async Task<(RpcErrorCode Code, RpcExecution Execution)> CallAsync(RealRig rig, CuttingProxy proxy)
    {
        var before = rig.Service.Started;
        var outcome = (Code: RpcErrorCode.None, Execution: RpcExecution.Executed);
        try
        {
            var options = new RpcClientOptions { World = rig.World };
            await using var client = await RpcClient.ConnectAsync($"tcp://127.0.0.1:{proxy.Port}", options);
            Assert.Equal(5, await new WorkClient(client).RunAsync(5));
        }
        catch (Exception error) when (error is SessionException or TransportException)
        {
            outcome = (RpcErrorCode.Unavailable, RpcExecution.NotSent);
        }
        catch (RpcException error)
        {
            outcome = (error.Code, error.Execution);
        }

        // The proxy passes nothing on after the cut, and the server has what it passed: nothing more can start late.
        await RealRig.Until(() => rig.Server.Connections <= 1, "the server sees the end");
        var ran = rig.Service.Started - before;
        var least = outcome.Code == RpcErrorCode.None ? 1 : 0;
        var most = outcome.Execution == RpcExecution.NotSent ? 0 : 1;
        Assert.InRange(ran, least, most);
        return outcome;
    }

    /// <summary>Passes so many bytes on in a direction and then cuts both; null passes all.</summary>
    private sealed class CuttingProxy : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Task _running;

        public CuttingProxy(int serverPort, int? requestBytes, int? responseBytes)
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            _running = RunAsync(serverPort, requestBytes ?? int.MaxValue, responseBytes ?? int.MaxValue);
        }

        public int Port { get; }

        public void Dispose()
        {
            _listener.Dispose();
            _running.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }

        private async Task RunAsync(int serverPort, int requestBytes, int responseBytes)
        {
            using var client = await _listener.AcceptAsync();
            using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            await Task.WhenAny(PassAsync(client, server, requestBytes), PassAsync(server, client, responseBytes));
        }

        private static async Task PassAsync(Socket from, Socket to, int left)
        {
            var bytes = new byte[4096];
            while (left > 0)
            {
                var count = await from.ReceiveAsync(bytes.AsMemory(0, Math.Min(bytes.Length, left)), SocketFlags.None);
                if (count == 0)
                {
                    return;
                }

                await to.SendAsync(bytes.AsMemory(0, count), SocketFlags.None);
                left -= count;
            }
        }
    }
}
