using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NetCore.Rpc.Tests;

/// <summary>A real server that is sent something else: it closes, says why, and serves everybody else.</summary>
public class GarbageTests
{
    private static readonly byte[] ClientHello =
        [0x16, 3, 1, 0, 0xC8, 1, 0, 0, 0xC4, 3, 3, .. new byte[32], 0x20, .. new byte[160]];

    public static TheoryData<string, string> Kinds => new()
    {
        { "http", "NotThisProtocol" },
        { "tls", "NotThisProtocol" },
        { "random", "NotThisProtocol" },
        { "zeros", "NotThisProtocol" },
        { "truncated", "HandshakeTimeout" },
        { "nothing", "HandshakeTimeout" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_is_cut_off_with_a_reason_in_the_log_and_a_good_client_goes_on(string kind, string reason)
    {
        // With the limit for a handshake that is the default: the good client has to keep to it on any machine.
        await using var rig = await RealRig.StartAsync("tcp");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, rig.Address.Port);
        await socket.SendAsync(BytesOf(kind), SocketFlags.None);
        await ReadToEndAsync(socket);
        Assert.Equal(8, await rig.Calls.RunAsync(8));
        await RealRig.Until(() => rig.Server.Connections == 1, "the bad connection is gone");
        await RealRig.Until(() => rig.Log.Contains(LogLevel.Warning, reason), $"{reason} in the log:\n{rig.Log}");
    }

    private static byte[] BytesOf(string kind)
    {
        var random = new byte[5000];
        new Random(3).NextBytes(random);
        return kind switch
        {
            "http" => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n"),
            "tls" => ClientHello,
            "random" => random,
            "zeros" => new byte[64],
            "truncated" => HelloOf(10),
            _ => [],
        };
    }

    // The first bytes of what a client says: taken from one, over a connection that leads nowhere.
    private static byte[] HelloOf(int length)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var caller = new CancellationTokenSource();
        var connecting = RpcClient.ConnectAsync($"tcp://127.0.0.1:{port}", null, caller.Token).AsTask();
        using var peer = listener.AcceptSocket();
        var bytes = new byte[length];
        for (var count = 0; count < length;)
        {
            count += peer.Receive(bytes, count, length - count, SocketFlags.None);
        }

        caller.Cancel();
        connecting.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default).GetAwaiter().GetResult();
        return bytes;
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var bytes = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(bytes, SocketFlags.None, limit.Token) > 0)
            {
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed with our bytes unread.
        }
    }
}
