using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

public class SendPumpTests
{
    [Fact]
    public async Task A_source_that_ended_is_not_asked_again_when_its_last_batch_had_to_wait()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        var io = new WaitingIo(world);
        var identity = new ConnectionIdentity("w1", "waiting", "inproc://waiting", "inproc://waiting");
        var connection = io.Connection = new PumpConnection(world, identity, io, keepReceiveBuffer: false);
        var peer = new Peer(connection);
        peer.OnFill = (self, batch) =>
        {
            if (self.Fills > 1)
            {
                return SendState.Idle;
            }

            batch.Write(new byte[100]);
            return SendState.End;
        };
        peer.Start();
        connection.RequestSend();
        await Pair.Until(() => io.Waits, "the send waits");
        Assert.False(io.IsShutDown);
        io.CompleteSend();

        Assert.Equal(1, peer.Fills);
        Assert.True(io.IsShutDown);
        await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        world.Blocks.AssertAllReturned();
    }

    [Fact]
    public async Task What_an_abort_has_cut_off_is_not_ended_in_order()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        var io = new WaitingIo(world) { FailsAtClose = true };
        var identity = new ConnectionIdentity("w1", "waiting", "inproc://waiting", "inproc://waiting");
        var connection = io.Connection = new PumpConnection(world, identity, io, keepReceiveBuffer: false);
        var peer = new Peer(connection)
        {
            OnFill = static (_, batch) =>
            {
                batch.Write(new byte[100]);
                return SendState.End;
            },
        };
        peer.Start();
        connection.RequestSend();
        await Pair.Until(() => io.Waits, "the send waits");

        // The stream tells of its close before the send role knows of it.
        await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Assert.False(io.IsShutDown);
        world.Blocks.AssertAllReturned();
    }

    [Fact]
    public async Task What_a_source_left_in_its_batch_when_it_threw_is_not_sent_while_another_thread_closes()
    {
        using var world = new World(new WorldOptions { TrackBlocks = true });
        var io = new WaitingIo(world);
        var identity = new ConnectionIdentity("w1", "waiting", "inproc://waiting", "inproc://waiting");
        var connection = io.Connection = new PumpConnection(world, identity, io, keepReceiveBuffer: false);
        var throws = false;
        var peer = new Peer(connection)
        {
            OnFill = (_, batch) =>
            {
                if (!throws)
                {
                    return SendState.Idle;
                }

                batch.Write(new byte[100]);
                throw new InvalidDataException("a source in the middle of its batch");
            },
        };
        peer.Start();
        await Pair.Until(() => io.Receives > 0, "the first receive holds no sends any more");
        throws = true;

        // Here the stream is closed and the send role does not know it yet.
        io.OnClose = () =>
        {
            var sender = new Thread(connection.RequestSend);
            sender.Start();
            sender.Join();
        };
        await connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
        Assert.False(io.Waits);
        world.Blocks.AssertAllReturned();
    }

    /// <summary>Every send has to wait, and then goes out wholly, as those of sockets do; there is no input.</summary>
    private sealed class WaitingIo(World world) : IConnectionIo, IThreadPoolWorkItem
    {
        private SendBuffer? _pending;
        private volatile bool _closing;
        private int _receives;

        public PumpConnection Connection { get; set; } = null!;

        // The first receive, on the pool, holds sends for a moment.
        public bool Waits => Volatile.Read(ref _pending) is not null;

        public bool IsShutDown { get; private set; }

        public bool FailsAtClose { get; init; }

        public Action? OnClose { get; set; }

        public int Receives => Volatile.Read(ref _receives);

        public IoResult Receive(ArraySegment<byte> into) =>
            _closing ? IoResult.Failed(TransportError.Aborted) : IoResult.Pending;

        public bool WaitReadable()
        {
            Interlocked.Increment(ref _receives);
            return _closing;
        }

        public IoResult Send(SendBuffer buffer)
        {
            var again = _pending is not null;
            _pending = buffer;
            return again ? IoResult.Failed(TransportError.Aborted) : IoResult.Pending;
        }

        public void CompleteSend()
        {
            var bytes = _pending!.Length;
            _pending.Sent(bytes);
            Connection.OnSendCompleted(IoResult.Done(bytes));
        }

        public IoResult ShutdownSend()
        {
            IsShutDown = true;
            return IoResult.Done(0);
        }

        public bool Close(bool abortive)
        {
            _closing = true;
            OnClose?.Invoke();
            if (FailsAtClose)
            {
                var failed = IoResult.Failed(TransportError.Aborted);
                var other = new Thread(() => Connection.OnSendCompleted(failed));
                other.Start();
                other.Join();
            }

            world.Executor.Post(this);
            return true;
        }

        public void Execute() => Connection.OnReadable();

        public void Dispose()
        {
        }
    }
}
