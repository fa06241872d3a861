using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>
/// The error of a connection is told once. Who comes second must not take a cut for the end of the input.
/// </summary>
public sealed class LostErrorTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly World _world = new(new WorldOptions());
    private readonly byte[] _room = new byte[100];

    public LostErrorTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_that_a_send_on_another_thread_was_told_is_no_end_of_the_input(bool onRing)
    {
        var calls = new HookedCalls();
        using var owned = Transport(onRing, calls);
        await using var connection = await ((ITransport)owned).ConnectAsync(Address);
        var other = _listener.Accept();
        var peer = new Peer(connection) { OnData = static (_, data) => data.Length }.Start();
        other.Send([1]);
        await Pair.Until(() => peer.Batches == 1, "a byte is received");
        using var isHeld = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        using var isTold = new SemaphoreSlim(0);
        using var isOver = new SemaphoreSlim(0);
        connection.Executor.Post(new Reactors.Item(() =>
        {
            isHeld.Release();

            // Until a send has been told.
            goOn.Wait(Pair.Patience);
        }));
        Assert.True(await isHeld.WaitAsync(Pair.Patience));
        Reset(other);
        calls.SendFailed = _ =>
        {
            isTold.Release();

            // Until the reactor has received.
            isOver.Wait(Pair.Patience);
        };
        var sending = Task.Run(() => peer.Send([1]));
        Assert.True(await isTold.WaitAsync(Pair.Patience));
        goOn.Release();
        for (var turn = 0; turn < 20; turn++)
        {
            await connection.RunOnReactor(static () => { });
        }

        isOver.Release(2);
        await sending;
        await peer.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((false, TransportError.Reset), (peer.Ended, peer.Close.Error));
    }

    [Fact]
    public async Task A_socket_tells_a_reset_that_a_send_was_told_from_an_end()
    {
        using var io = Connect(out var other);
        other.Send([1]);
        await Pair.Until(() => io.Receive(_room) == IoResult.Done(1), "a byte is received");
        Assert.Equal(IoResult.Done(0), io.ConfirmEnd(1));
        Reset(other);
        await Pair.Until(() => Send(io).Error == TransportError.Reset, "a send is told");
        Assert.Equal(IoResult.Done(0), io.Receive(_room));
        Assert.Equal(TransportError.Reset, io.ConfirmEnd(1).Error);
    }

    [Fact]
    public async Task A_reset_of_a_connection_that_was_idle_for_the_user_timeout_is_no_timeout()
    {
        using var io = Connect(out var other);
        _client.SetRawSocketOption(TcpState.LevelTcp, TcpState.OptionUserTimeout, BitConverter.GetBytes(200));

        // The clock is the kernel's, and it is to pass the user timeout.
        await Task.Delay(400);
        Reset(other);
        await Pair.Until(() => Send(io).Error == TransportError.Reset, "a send is told");
        Assert.Equal(IoResult.Done(0), io.Receive(_room));
        Assert.Equal(TransportError.Reset, io.ConfirmEnd(0).Error);
        Assert.Equal(TransportError.Reset, Send(io).Error);
    }

    [Fact]
    public async Task A_send_of_a_socket_that_waits_tells_the_timeout_that_a_receive_was_told()
    {
        using var io = Connect(out var other);
        using var _ = other;
        _client.SetRawSocketOption(TcpState.LevelTcp, TcpState.OptionUserTimeout, BitConverter.GetBytes(300));
        var events = new SendEvents();
        io.Events = events;
        SendBuffer buffer;
        do
        {
            buffer = new SendBuffer(_world.Blocks);
            new SendBatch(buffer).Write(new byte[TransportLimits.MaxSendBatchBytes]);
            buffer.Seal();
        }
        while (io.Send(buffer).Status == IoStatus.Done);

        // Without a pause: mostly it comes before the runtime tries the send again, and takes the error.
        var received = IoResult.Pending;
        for (var until = Environment.TickCount64 + (long)Pair.Patience.TotalMilliseconds;
            received.Status == IoStatus.Pending && Environment.TickCount64 < until;)
        {
            received = io.Receive(_room);
        }

        Assert.True(received.Error == TransportError.PeerTimeout || received == IoResult.Done(0), $"{received}");
        var sent = await events.Sent.Task.WaitAsync(Pair.Patience);
        Assert.Equal(TransportError.PeerTimeout, sent.Error);
    }

    [Fact]
    public async Task An_end_that_a_reset_follows_is_an_end()
    {
        using var io = Connect(out var other);
        other.Send([1]);
        other.Shutdown(SocketShutdown.Send);
        await Pair.Until(() => io.Receive(_room) == IoResult.Done(1), "a byte is received");
        await Pair.Until(() => io.Receive(_room) == IoResult.Done(0), "the end is received");
        Assert.Equal(IoResult.Done(0), io.ConfirmEnd(1));
        other.Dispose();
        await Pair.Until(() => Send(io).Error == TransportError.Reset, "the peer takes nothing more");
        Assert.Equal(IoResult.Done(0), io.Receive(_room));
        Assert.Equal(IoResult.Done(0), io.ConfirmEnd(1));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _client.Dispose();
        _world.Dispose();
    }

    private TransportAddress Address =>
        TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private ReactorTransport Transport(bool onRing, ISystemCalls calls) => onRing
        ? new UringTransport(
            _world,
            new UringTransportOptions { Reactors = 1 },
            calls,
            new Native.Uring.UringKernel(),
            new UringSettings())
        : new EpollTransport(_world, new EpollTransportOptions { Reactors = 1 }, calls);

    private SocketIo Connect(out Socket other)
    {
        _client.Connect(_listener.LocalEndPoint!);
        other = _listener.Accept();
        return new SocketIo(_client);
    }

    private IoResult Send(SocketIo io)
    {
        var buffer = new SendBuffer(_world.Blocks);
        new SendBatch(buffer).Write([1]);
        buffer.Seal();
        var result = io.Send(buffer);
        buffer.Drop();
        return result;
    }

    private sealed class SendEvents : IConnectionIoEvents
    {
        public TaskCompletionSource<IoResult> Sent { get; } = new();

        public void OnReadable()
        {
        }

        public bool TryReceive() => false;

        public void OnIdle()
        {
        }

        public void OnEngineEnds()
        {
        }

        public void OnStreamClosed()
        {
        }

        public void OnStreamLost(int requests, bool sends)
        {
        }

        public void OnSendCompleted(IoResult result) => Sent.SetResult(result);
    }
}
