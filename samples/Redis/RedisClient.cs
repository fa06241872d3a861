using System.Text;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Samples.Redis;

/// <summary>Calls of Redis, many on their way at a time; answers come in the order of the calls. Thread-safe.</summary>
internal sealed class RedisClient : IAsyncDisposable
{
    private readonly RespCodec _codec = new();
    private readonly Queue<TaskCompletionSource<RespValue>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConnectionPipe _pipe;
    private readonly Action<RespValue>? _onPush;
    private readonly Task _reading;
    private bool _ended;

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
            lock (_waiting)
            {
                if (_ended)
                {
                    throw new IOException("The connection has ended.");
                }

                _waiting.Enqueue(answer);
            }

            _codec.Encode(new('*', Items: [.. command.Select(part => new RespValue('$', part))]), _pipe.Output);
            await _pipe.Output.FlushAsync();
        }
        finally
        {
            _sending.Release();
        }

        var value = await answer.Task;
        return value.IsError ? throw new InvalidOperationException(value.Text) : value;
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        Exception reason = new IOException("The connection has ended.");
        try
        {
            for (var status = DecodeStatus.NeedMore; status == DecodeStatus.NeedMore;)
            {
                var read = await _pipe.Input.ReadAsync();
                var rest = read.Buffer;
                while ((status = _codec.TryDecode(ref rest, out var value)) == DecodeStatus.Complete)
                {
                    Take(value!);
                }

                _pipe.Input.AdvanceTo(rest.Start, read.Buffer.End);
                status = read.IsCompleted ? DecodeStatus.Complete : status;
            }
        }
        catch (Exception exception) when (exception is TransportException or InvalidOperationException)
        {
            reason = new IOException(exception.Message, exception);
        }

        lock (_waiting)
        {
            _ended = true;
            while (_waiting.TryDequeue(out var waiting))
            {
                waiting.SetException(reason);
            }
        }
    }

    private void Take(RespValue value)
    {
        if (value.Kind == '>' && value.Items![0].Text is not ("subscribe" or "unsubscribe"))
        {
            _onPush?.Invoke(value);
            return;
        }

        lock (_waiting)
        {
            _waiting.Dequeue().SetResult(value);
        }
    }
}
