using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A receive stops at urgent data although there is more behind it, of which no event tells.</summary>
public abstract class UrgentData<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task Bytes_behind_urgent_data_are_delivered()
    {
        await using var engine = new TEngine();
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await engine.Transport.ListenAsync(engine.NewAddress(), accepted.SetResult);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        client.Send("abc"u8);
        client.Send("!"u8, SocketFlags.OutOfBand);
        client.Send("de"u8);
        await using var connection = await accepted.Task.WaitAsync(Pair.Patience);
        var received = 0;
        var peer = new Peer(connection)
        {
            OnData = (_, data) =>
            {
                received += data.Length;
                return data.Length;
            },
        };
        peer.Start();

        // Urgent data itself is not part of the stream.
        await Pair.Until(() => Volatile.Read(ref received) == 5, "all bytes");
    }
}
