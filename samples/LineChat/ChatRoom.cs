using System.Buffers;
using NetCore.Framing;
using NetCore.Transport;

/// <summary>Everybody gets every line. One lock guards the members; a slow member is cut off, not waited for.</summary>
internal sealed class ChatRoom : IDisposable
{
    private static readonly TimeSpan FlushDeadline = TimeSpan.FromSeconds(5);

    private readonly LineCodec _codec = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<ConnectionPipe, string> _members = [];

    public void Dispose() => _turn.Dispose();

    public async Task ServeAsync(Connection connection)
    {
        await using var pipe = connection.AsDuplexPipe();
        try
        {
            await SayAsync($"* {connection.Id} came", pipe);
            while (await ReadAsync(pipe) is { } line)
            {
                await SayAsync($"{connection.Id}: {line}");
            }
        }
        catch (TransportException exception)
        {
            Console.WriteLine($"{connection.Id}: {exception.Error}");
        }

        await SayAsync($"* {connection.Id} left", leaves: pipe);
    }

    // Null at the end of the input, and for a line that is longer than the codec allows.
    private async ValueTask<string?> ReadAsync(ConnectionPipe pipe)
    {
        while (true)
        {
            var result = await pipe.Input.ReadAsync();
            var rest = result.Buffer;
            var status = _codec.TryDecode(ref rest, out var message);
            var line = status == DecodeStatus.Complete ? System.Text.Encoding.UTF8.GetString(message.ToArray()) : null;
            pipe.Input.AdvanceTo(rest.Start, status == DecodeStatus.Complete ? rest.Start : rest.End);
            if (status != DecodeStatus.NeedMore || result.IsCompleted)
            {
                return line;
            }
        }
    }

    private async Task SayAsync(string line, ConnectionPipe? comes = null, ConnectionPipe? leaves = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line);
        await _turn.WaitAsync();
        try
        {
            if (comes is not null)
            {
                _members.Add(comes, line);
            }

            if (leaves is not null)
            {
                _members.Remove(leaves);
            }

            foreach (var member in _members.Keys)
            {
                _codec.Encode(bytes, member.Output);
                var flush = member.Output.FlushAsync().AsTask();
                if (await Task.WhenAny(flush, Task.Delay(FlushDeadline)) != flush)
                {
                    member.Connection.Abort(TransportError.Aborted, "Too slow a reader.");
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
