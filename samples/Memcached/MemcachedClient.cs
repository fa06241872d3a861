using System.Buffers;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Samples.Memcached;

/// <summary>Set, get and delete, one at a time: a call and its answer. Not thread-safe.</summary>
internal sealed class MemcachedClient : IAsyncDisposable
{
    private readonly MemcachedCodec _codec = new();
    private readonly ConnectionPipe _pipe;

    private MemcachedClient(Connection connection) => _pipe = connection.AsDuplexPipe();

    public static async Task<MemcachedClient> ConnectAsync(ITransport transport, TransportAddress address) =>
        new(await transport.ConnectAsync(address));

    /// <summary>Stores a value; false when the server does not.</summary>
    public async Task<bool> SetAsync(string key, byte[] value)
    {
        var answer = await CallAsync(new MemcachedReply($"set {key} 0 0 {value.Length}", value));
        return answer.Line == "STORED";
    }

    /// <summary>The value, or null when there is none.</summary>
    public async Task<byte[]?> GetAsync(string key)
    {
        var answer = await CallAsync(new MemcachedReply($"get {key}"));
        if (answer.Data is null)
        {
            return null;
        }

        var end = await ReadAsync();
        return end.Line == "END" ? answer.Data : throw new IOException($"No END but '{end.Line}'.");
    }

    /// <summary>Deletes a value; false when there is none.</summary>
    public async Task<bool> DeleteAsync(string key) =>
        (await CallAsync(new MemcachedReply($"delete {key}"))).Line == "DELETED";

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();

    private async Task<MemcachedReply> CallAsync(MemcachedReply command)
    {
        _codec.Encode(command, _pipe.Output);
        await _pipe.Output.FlushAsync();
        var answer = await ReadAsync();
        var isError = answer.Line == "ERROR" || answer.Line.Contains("_ERROR ", StringComparison.Ordinal);
        return isError ? throw new InvalidOperationException(answer.Line) : answer;
    }

    private async Task<MemcachedReply> ReadAsync()
    {
        while (true)
        {
            var read = await _pipe.Input.ReadAsync();
            var rest = read.Buffer;
            var status = _codec.TryDecode(ref rest, out var reply);
            _pipe.Input.AdvanceTo(rest.Start, status == DecodeStatus.NeedMore ? read.Buffer.End : rest.Start);
            if (status == DecodeStatus.Complete)
            {
                return reply;
            }

            if (status != DecodeStatus.NeedMore || read.IsCompleted)
            {
                throw new IOException($"The connection has ended ({status}).");
            }
        }
    }
}
