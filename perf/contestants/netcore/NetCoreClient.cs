using System.Diagnostics;
using System.Runtime.InteropServices;
using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the netcore contestant: independent callers that share one proxy.</summary>
internal sealed class NetCoreClient(RpcClient client) : IEchoClient
{
    private readonly PayloadEchoClient _echo = new PayloadEchoClient(client);

    public Task RunAsync(LoadRun run) => Callers.RunAsync(run, slot => CallAsync(run, slot));

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task CallAsync(LoadRun run, int slot)
    {
        var request = MemoryMarshal.Read<Payload32>(Payload.Of(slot));
        var start = Stopwatch.GetTimestamp();
        while (!run.Stopping)
        {
            var answer = await _echo.EchoAsync(request);
            Payload.Check(slot, MemoryMarshal.AsBytes(new ReadOnlySpan<Payload32>(in answer)));
            var end = Stopwatch.GetTimestamp();
            run.Record(slot, end - start);
            start = end;
        }
    }
}
