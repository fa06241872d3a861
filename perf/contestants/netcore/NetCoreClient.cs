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

    public async Task StreamAsync(BulkPace pace)
    {
        long bytes = 0;
        var arrived = await _echo.SinkAsync(Chunks());
        BulkPace.CheckArrived(bytes, arrived);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            while (await pace.NextAsync() is { IsEmpty: false } chunk)
            {
                bytes += chunk.Length;
                yield return chunk;
            }
        }
    }

    public async Task ReceiveAsync(ItemCount count)
    {
        await foreach (var item in _echo.GiveAsync(default))
        {
            if (!count.Take(MemoryMarshal.AsBytes(new ReadOnlySpan<Payload32>(in item))))
            {
                return;
            }
        }

        throw count.EndedEarly();
    }

    public async Task ExchangeAsync(ItemCount count)
    {
        await foreach (var item in _echo.ChatAsync(Items()))
        {
            count.Take(MemoryMarshal.AsBytes(new ReadOnlySpan<Payload32>(in item)));
        }

        count.CheckReturned();

        async IAsyncEnumerable<Payload32> Items()
        {
            await ValueTask.CompletedTask;
            while (count.TrySend(out var number))
            {
                yield return new Payload32((ulong)number, 0, 0, 0);
            }
        }
    }

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
