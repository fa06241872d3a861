using System.Collections.Concurrent;
using System.Text;
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
    private readonly Action<RespValue>? _onPush;

    // It only ends by an exception, and then with it every call that waits.
    private readonly Task<RespValue> _reading;

    private RedisClient(Connection connection, Action<RespValue>? onPush)
    {
        _pipe = connection.AsDuplexPipe();
        _onPush = onPush;
        _reading = ReadAsync();
    }

    /// <summary>Connects and speaks RESP3 from there on.</summary>
    /// <param name="transport">Over what.</param>
    /// <param name="address">Of the server.</param>
    /// <param name="onPush">Gets what no call asked for, such as messages of subscriptions; it must not block.</param>
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
    public Task<RespValue> CallAsync(params string[] command) =>
        CallAsync([.. command.Select(Encoding.UTF8.GetBytes)]);

    /// <inheritdoc cref="CallAsync(string[])"/>
    public async Task<RespValue> CallAsync(byte[][] command)
    {
        var answer = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync();
        try
        {
            _waiting.Enqueue(answer);
            _codec.Encode(new('*', Items: [.. command.Select(part => new RespValue('$', part))]), _pipe.Output);
            await _pipe.Output.FlushAsync();
        }
        finally
        {
            _sending.Release();
        }

        var value = await await Task.WhenAny(answer.Task, _reading);
        return value.IsError ? throw new InvalidOperationException(value.Text) : value;
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.DisposeAsync();
        await Task.WhenAny(_reading);
    }

    private async Task<RespValue> ReadAsync()
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
                    Take(value!);
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

    private void Take(RespValue value)
    {
        if (value is { Kind: '>', Items: [{ Text: not ("subscribe" or "unsubscribe") }, ..] })
        {
            _onPush?.Invoke(value);
        }
        else if (_waiting.TryDequeue(out var waiting))
        {
            waiting.SetResult(value);
        }
        else
        {
            throw new InvalidOperationException("An answer without a call.");
        }
    }
}
