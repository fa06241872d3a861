using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>Memory of connections that wait. Alone: it counts the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests
{
    private const int Count = 1000;

    // Of one end, with all that the SDK has for it. The kernel's share is not counted.
    private const int MaxBytes = 1024;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_connection_that_waits_after_an_exchange_takes_less_than_a_kibibyte_and_no_block(
        bool overUnix, bool onRing)
    {
        using var world = new World(new WorldOptions { TrackBlocks = false });
        ITransport transport = onRing
            ? new UringTransport(world, new UringTransportOptions { Reactors = 1 })
            : new EpollTransport(world, new EpollTransportOptions { Reactors = 1 });
        using var reactors = (IDisposable)transport;
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var ends = new List<Connection>((2 * Count) + 20);
        await using var listener = await transport.ListenAsync(
            overUnix ? TransportAddress.Unix(file) : "tcp://127.0.0.1:0",
            connection =>
            {
                lock (ends)
                {
                    ends.Add(connection);
                }

                Exchange.Start(connection, begin: false);
            });

        // What is made once, and the room for the others, is there after the first few.
        await OpenAsync(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await OpenAsync(Count);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (2 * Count);
        foreach (var connection in ends)
        {
            await connection.DisposeAsync();
        }

        Assert.True(bytes < MaxBytes, $"{bytes} bytes for each end");

        async Task OpenAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var connection = await transport.ConnectAsync(listener.Address);
                var over = Exchange.Start(connection, begin: true);
                lock (ends)
                {
                    ends.Add(connection);
                }

                await over.WaitAsync(Pair.Patience);
            }

            await Pair.Until(() => world.Blocks.Outstanding == 0, $"{world.Blocks.Outstanding} blocks are out");
        }
    }

    // A byte there and back; as small as a receiver can be.
    private sealed class Exchange(Connection connection) : IReceiver, ISendSource
    {
        private TaskCompletionSource? _over;

        public static Task Start(Connection connection, bool begin)
        {
            var exchange = new Exchange(connection);
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            exchange._over = begin ? over : null;
            connection.Start(exchange, exchange);
            if (begin)
            {
                connection.RequestSend();
            }

            return over.Task;
        }

        public int OnReceived(in ReceivedData data)
        {
            if (Interlocked.Exchange(ref _over, null) is { } over)
            {
                over.SetResult();
            }
            else
            {
                connection.RequestSend();
            }

            return data.Length;
        }

        public SendState FillSend(ref SendBatch batch)
        {
            batch.Write("x"u8);
            return SendState.Idle;
        }

        public void OnBatchEnd()
        {
        }

        public void OnEndOfInput()
        {
        }

        public void OnClosed(in ConnectionClose close)
        {
        }
    }
}
