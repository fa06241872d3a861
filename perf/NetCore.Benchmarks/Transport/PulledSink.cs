using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>Counts bytes where a reader of the pipe view gets them.</summary>
internal sealed class PulledSink(Connection connection) : IAsyncDisposable
{
    private readonly ConnectionPipe _pipe = connection.AsDuplexPipe();

    /// <summary>Reads so many bytes.</summary>
    public async Task ExpectAsync(long bytes)
    {
        while (bytes > 0)
        {
            var read = await _pipe.Input.ReadAsync();
            if (read.IsCompleted && read.Buffer.IsEmpty)
            {
                throw new InvalidOperationException("The connection was closed.");
            }

            bytes -= read.Buffer.Length;
            _pipe.Input.AdvanceTo(read.Buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();
}
