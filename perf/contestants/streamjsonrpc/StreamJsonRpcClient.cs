using StreamJsonRpc;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the streamjsonrpc contestant.</summary>
internal sealed class StreamJsonRpcClient : IRpcClient
{
    private readonly JsonRpc _rpc;

    public StreamJsonRpcClient(JsonRpc rpc)
    {
        _rpc = rpc;
        _rpc.StartListening();
    }

    public async Task CallAsync(Caller caller)
    {
        while (await caller.NextAsync())
        {
            caller.Done(await _rpc.InvokeAsync<byte[]>(nameof(StreamJsonRpcEcho.EchoAsync), caller.Request));
        }
    }

    public async Task StreamAsync(BulkPace pace)
    {
        long bytes = 0;
        while (await pace.NextAsync() is { IsEmpty: false } chunk)
        {
            bytes += chunk.Length;
            await _rpc.NotifyAsync(nameof(StreamJsonRpcEcho.Take), chunk.ToArray());
        }

        BulkPace.CheckArrived(bytes, await _rpc.InvokeAsync<long>(nameof(StreamJsonRpcEcho.Taken)));
    }

    public ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        return default;
    }
}
