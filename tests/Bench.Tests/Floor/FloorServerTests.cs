using System.Net;
using System.Net.Sockets;
using NetCore.Bench.Contenders;

namespace NetCore.Bench.Tests.Floor;

/// <summary>
/// The server of the floor, and who echoes as it does, against clients that are less tidy than the load generator.
/// </summary>
public class FloorServerTests
{
    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData("floor")]
    [InlineData("floor-spin")]
    [InlineData("floor-uring")]
    [InlineData("floor-uring-spin")]
    [InlineData("netcore-echo")]
    [InlineData("netcore-echo-epoll")]
    public async Task What_a_client_does_not_read_waits_and_nothing_is_lost(string name)
    {
        await using var server = await Roster.Get(name).ListenAsync(FloorTests.Address(false), Service.Echo);
        using var socket = Connect(server.Address);
        socket.Blocking = false;
        var sent = 0;
        var chunk = new byte[50_000];
        const int patience = 200_000;
        while (socket.Poll(patience, SelectMode.SelectWrite))
        {
            // Until nothing goes any more: the server cannot send, so it has stopped to receive.
            Fill(chunk, sent);
            try
            {
                sent += socket.Send(chunk);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                break;
            }
        }

        socket.Blocking = true;
        socket.ReceiveTimeout = 30_000;
        Assert.True(sent > chunk.Length);
        var expected = new byte[chunk.Length];
        for (var received = 0; received < sent;)
        {
            var count = socket.Receive(chunk);
            Fill(expected, received);
            Assert.True(chunk.AsSpan(0, count).SequenceEqual(expected.AsSpan(0, count)));
            received += count;
        }
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_frame_may_come_in_single_bytes()
    {
        await using var server = new FloorServer(FloorTests.Address(false), Service.Echo, spins: false, framed: true);
        using var socket = Connect(server.Address);
        socket.ReceiveTimeout = 30_000;
        var frame = new byte[FramedMessage.HeaderBytes + 5];
        for (var i = 0; i < 20; i++)
        {
            FramedMessage.WriteHeader(frame, 5, i);
            frame.AsSpan(FramedMessage.HeaderBytes).Fill((byte)i);
            foreach (var one in frame)
            {
                socket.Send([one]);
            }

            Assert.Equal(frame, Receive(socket, frame.Length));
        }
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(-1)]
    [InlineData(65536)]
    public async Task A_header_that_cannot_be_one_closes_the_connection(int payload)
    {
        await using var server = new FloorServer(FloorTests.Address(false), Service.Echo, spins: false, framed: true);
        using var socket = Connect(server.Address);
        socket.ReceiveTimeout = 30_000;
        var frame = new byte[FramedMessage.HeaderBytes];
        FramedMessage.WriteHeader(frame, payload, 1);
        socket.Send(frame);
        Assert.Equal(0, socket.Receive(frame));
    }

    private static Socket Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Parse(address.Host), address.Port));
        return socket;
    }

    private static void Fill(byte[] bytes, int position)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((position + i) % 251);
        }
    }

    private static byte[] Receive(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var received = 0; received < count;)
        {
            received += socket.Receive(bytes, received, count - received, SocketFlags.None);
        }

        return bytes;
    }
}
