using System.IO.Pipelines;

namespace NetCore.Transport.Tests;

public abstract class ViewConformance<TEngine> : ConformanceBase<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task A_pipe_carries_bytes_both_ways_and_ends_in_order()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        await using var server = pair.Server.Connection.AsDuplexPipe();
        await using var client = pair.Client.Connection.AsDuplexPipe();
        var echo = EchoAsync(server);
        var sending = SendAsync(client.Output, 1_000_000);
        Assert.Equal(1_000_000, await ReceiveAsync(client.Input));
        await sending;
        await echo;
    }

    [Fact]
    public async Task A_reader_that_stands_still_stops_the_writer_at_the_other_end()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        await using var server = pair.Server.Connection.AsDuplexPipe();
        await using var client = pair.Client.Connection.AsDuplexPipe();
        var sending = SendAsync(client.Output, 16_000_000);
        var received = await pair.Still(() => pair.Server.Connection.Statistics.BytesReceived);
        Assert.False(sending.IsCompleted);
        Assert.InRange(received, 1, 8_000_000);
        Assert.Equal(16_000_000, await ReceiveAsync(server.Input));
        await sending;
    }

    [Fact]
    public async Task A_broken_connection_completes_both_pipes_with_its_error()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        await using var server = pair.Server.Connection.AsDuplexPipe();
        await using var client = pair.Client.Connection.AsDuplexPipe();
        client.Connection.Abort(TransportError.ProtocolViolation, "bad");
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await client.Input.ReadAsync().AsTask().WaitAsync(Pair.Patience));
        Assert.Equal(TransportError.ProtocolViolation, error.Error);
    }

    [Fact]
    public async Task A_stream_reads_writes_and_sees_the_end()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        await using var server = pair.Server.Connection.AsStream();
        await using var client = pair.Client.Connection.AsStream();
        await client.WriteAsync("hello"u8.ToArray());
        var buffer = new byte[5];
        await server.ReadExactlyAsync(buffer).AsTask().WaitAsync(Pair.Patience);
        Assert.Equal("hello"u8.ToArray(), buffer);
        var closing = client.DisposeAsync();
        Assert.Equal(0, await server.ReadAsync(buffer).AsTask().WaitAsync(Pair.Patience));
        await server.DisposeAsync();
        await closing;
    }

    [Fact]
    public async Task A_buffer_writer_sends_at_its_flush_and_ends_at_its_completion()
    {
        await using var pair = await Pair.ConnectAsync(Engine);
        pair.Server.Start();
        var writer = pair.Client.Connection.AsBufferWriter(pair.Client);
        for (var i = 0; i < 100; i++)
        {
            writer.GetSpan(1)[0] = Peer.ByteAt(i);
            writer.Advance(1);
        }

        Assert.Equal(0, pair.Client.Connection.Statistics.BytesSent);
        await writer.FlushAsync();
        await Pair.Until(() => pair.Server.Received == 100, "received");
        await writer.CompleteAsync();
        await pair.Closed();
        Assert.Equal(TransportError.None, pair.Client.Close.Error);
    }

    private static async Task EchoAsync(ConnectionPipe pipe)
    {
        await pipe.Input.CopyToAsync(pipe.Output);
        await pipe.Output.CompleteAsync();
    }

    private static async Task SendAsync(PipeWriter writer, long count)
    {
        for (long position = 0; position < count;)
        {
            var length = (int)Math.Min(10_000, count - position);
            var span = writer.GetSpan(length);
            for (var i = 0; i < length; i++)
            {
                span[i] = Peer.ByteAt(position + i);
            }

            writer.Advance(length);
            position += length;
            await writer.FlushAsync();
        }

        await writer.CompleteAsync();
    }

    private static async Task<long> ReceiveAsync(PipeReader reader)
    {
        for (long position = 0; ;)
        {
            var result = await reader.ReadAsync().AsTask().WaitAsync(Pair.Patience);
            foreach (var segment in result.Buffer)
            {
                var wrong = 0;
                foreach (var value in segment.Span)
                {
                    wrong += value == Peer.ByteAt(position++) ? 0 : 1;
                }

                Assert.Equal(0, wrong);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return position;
            }
        }
    }
}
