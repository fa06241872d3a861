using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>Memory of a connection that was closed in the middle of its output serves the next one.</summary>
public abstract class CrossTalk<TEngine>
    where TEngine : Engine, new()
{
    private const int Requests = 400;
    private const int AnswerBytes = 1024;

    [Fact]
    public Task No_client_sees_the_bytes_of_another_that_left_half_way() => Rounds(40);

    [Nightly]
    [Fact]
    public Task No_client_sees_the_bytes_of_another_that_left_half_way_in_many_rounds() => Rounds(5000);

    private static async Task Rounds(int rounds)
    {
        await using var engine = new TEngine();
        await using var listening = RawPeer.Listen(engine, Serve);
        for (var round = 0; round < rounds; round++)
        {
            var leaver = (byte)(1 + (round % 100));
            var other = (byte)(101 + (round % 100));
            using var first = listening.Connect(receiveBuffer: 4096);
            Ask(first, leaver);
            using var second = listening.Connect(receiveBuffer: 4096);

            // Half of the answers are read, the rest stands in the server when the client goes.
            Read(first, leaver, Requests * AnswerBytes / 2);
            Ask(second, other);
            first.Dispose();
            using var third = listening.Connect(receiveBuffer: 4096);
            Ask(third, leaver);
            Read(second, other, Requests * AnswerBytes);
            Read(third, leaver, Requests * AnswerBytes);
        }
    }

    // Each byte of a question is answered by many like it.
    private static void Serve(Connection connection)
    {
        var asked = 0;
        byte marker = 0;
        var peer = new Peer(connection)
        {
            OnData = (peer, data) =>
            {
                marker = data.Span[0];
                Interlocked.Add(ref asked, data.Length);
                peer.Connection.RequestSend();
                return data.Length;
            },
            OnEnd = static peer => peer.Connection.Abort(),
            OnFill = (_, batch) =>
            {
                while (Volatile.Read(ref asked) > 0)
                {
                    if (batch.Remaining < AnswerBytes)
                    {
                        return SendState.More;
                    }

                    batch.GetSpan(AnswerBytes)[..AnswerBytes].Fill(marker);
                    batch.Advance(AnswerBytes);
                    Interlocked.Decrement(ref asked);
                }

                return SendState.Idle;
            },
        };
        peer.Start();
    }

    private static void Ask(Socket socket, byte marker)
    {
        Span<byte> requests = stackalloc byte[Requests];
        requests.Fill(marker);
        socket.Send(requests);
    }

    private static void Read(Socket socket, byte marker, int count)
    {
        var buffer = new byte[8192];
        while (count > 0)
        {
            var got = socket.Receive(buffer, Math.Min(count, buffer.Length), SocketFlags.None);
            Assert.NotEqual(0, got);
            Assert.Equal(-1, buffer.AsSpan(0, got).IndexOfAnyExcept(marker));
            count -= got;
        }
    }
}
