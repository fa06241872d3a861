using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the netcore contestant: independent callers that share one proxy.</summary>
internal sealed class NetCoreClient(RpcClient client) : IRpcClient
{
    private readonly PayloadEchoClient _echo = new PayloadEchoClient(client);

    public Task CallAsync(Caller caller) =>
        caller.Request.Length == Unsafe.SizeOf<Payload32>() ? CallFixedAsync(caller) : CallBytesAsync(caller);

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task CallFixedAsync(Caller caller)
    {
        while (await caller.NextAsync())
        {
            var answer = await _echo.EchoAsync(MemoryMarshal.Read<Payload32>(caller.Request));
            caller.Done(MemoryMarshal.AsBytes(new ReadOnlySpan<Payload32>(in answer)));
        }
    }

    private async Task CallBytesAsync(Caller caller)
    {
        while (await caller.NextAsync())
        {
            var answer = await _echo.EchoBytesAsync(caller.Request);
            caller.Done(answer.Span);
        }
    }
}
