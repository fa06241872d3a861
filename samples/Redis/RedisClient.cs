using System.Collections.Concurrent;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Samples.Redis;

/// <summary>Calls of Redis, many on their way at a time; answers come in the order of the calls. Thread-safe.</summary>
internal sealed class RedisClient : IAsyncDisposable
{
    private readonly RespCodec _codec = new();
    private readonly ConcurrentQueue<TaskCompletionSource<RespValue>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConnectionPipe _pipe;
    private readonly Task<RespValue> _reading;

    private RedisClient(Connection connection, Action<RespValue>? onPush)
    {
        _pipe = connection.AsDuplexPipe();
        _reading = ReadAsync(onPush);
    }

    /// <summary>Connects and speaks RESP3; what no call asked for goes to a callback, which must not block.</summary>
    public static async Task<RedisClient> ConnectAsync(
        ITransport transport, TransportAddress address, Action<RespValue>? onPush = null)
    {
        var client = new RedisClient(await transport.ConnectAsync(address), onPush);
        await client.CallAsync("HELLO", "3");
        return client;
    }

    /// <summary>Sends a command.</summary>
    /// <exception cref="InvalidOperationException">Redis answers with an error.</exception>
    /// <exception cref="IOException">The connection has ended; the command may have run.</exception>
    public async Task<RespValue> CallAsync(params RespValue[] command)
    {
        var answer = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync();
        try
        {
            _waiting.Enqueue(answer);
            _codec.Encode(new('*', Items: command), _pipe.Output);
            await _pipe.Output.FlushAsync();
        }
        finally
        {
            _sending.Release();
        }

        var value = await await Task.WhenAny(answer.Task, _reading);
        return value.Kind is '-' or '!' ? throw new InvalidOperationException(value.Text) : value;
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.DisposeAsync();
        await Task.WhenAny(_reading);
    }

    // It only ends by an exception, and then with it every call that waits.
    private async Task<RespValue> ReadAsync(Action<RespValue>? onPush)
    {
        try
        {
            while (true)
            {
                var read = await _pipe.Input.ReadAsync();
                var rest = read.Buffer;
                DecodeStatus status;
                while ((status = _codec.TryDecode(ref rest, out var value)) == DecodeStatus.Complete)
                {
                    var isPush = value is { Kind: '>', Items: [{ Text: not ("subscribe" or "unsubscribe") }, ..] };
                    Action<RespValue>? take = isPush ? onPush
                        : _waiting.TryDequeue(out var waiting) ? waiting.SetResult
                        : throw new IOException("An answer without a call.");
                    take?.Invoke(value!);
                }

                _pipe.Input.AdvanceTo(rest.Start, read.Buffer.End);
                if (read.IsCompleted || status != DecodeStatus.NeedMore)
                {
                    throw new IOException($"The connection has ended ({status}).");
                }
            }
        }
        catch (Exception exception) when (exception is TransportException or InvalidOperationException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
