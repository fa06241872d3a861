using System.Buffers.Text;

namespace NetCore.Bench.Contenders;

/// <summary>The core protocol of NATS, as much of it as this load needs.</summary>
/// <remarks>https://docs.nats.io/reference/reference-protocols/nats-protocol, of a server of version 2.</remarks>
internal sealed class NatsWire : TopicWire
{
    private const string Options = """
        CONNECT {"verbose":false,"pedantic":false,"tls_required":false,"lang":"raw","version":"1","protocol":1}
        """;

    private byte[] _head = [];
    private int _payload = -1;

    public override void Subscribe(int fd)
    {
        Expect(fd, "\r\n");
        Say(fd, System.Text.Encoding.ASCII.GetBytes($"{Options}\r\nSUB {Topic} 1\r\nPING\r\n"));
        Expect(fd, "PONG\r\n");
    }

    public override void Announce(int fd)
    {
        Expect(fd, "\r\n");
        Say(fd, System.Text.Encoding.ASCII.GetBytes($"{Options}\r\nPING\r\n"));
        Expect(fd, "PONG\r\n");
    }

    public override int Write(Span<byte> to, ReadOnlySpan<byte> message)
    {
        if (_payload != message.Length)
        {
            _payload = message.Length;
            _head = System.Text.Encoding.ASCII.GetBytes($"PUB {Topic} {message.Length}\r\n");
        }

        _head.CopyTo(to);
        message.CopyTo(to[_head.Length..]);
        "\r\n"u8.CopyTo(to[(_head.Length + message.Length)..]);
        return _head.Length + message.Length + 2;
    }

    public override int Read(int fd, ReadOnlySpan<byte> received, int messageBytes, Found found)
    {
        var done = 0;
        while (true)
        {
            var rest = received[done..];
            var line = rest.IndexOf((byte)'\n');
            if (line < 0)
            {
                return done;
            }

            if (rest[0] != (byte)'M')
            {
                AnswerLine(fd, rest[..line]);
                done += line + 1;
                continue;
            }

            // MSG topic sid bytes: the number is behind the last space.
            var size = rest[(rest[..line].LastIndexOf((byte)' ') + 1)..line];
            if (!Utf8Parser.TryParse(size, out int bytes, out _) || bytes < 0)
            {
                throw new BenchException("The server's MSG has no size.");
            }

            if (rest.Length < line + 1 + bytes + 2)
            {
                return done;
            }

            found(rest.Slice(line + 1, bytes));
            done += line + 1 + bytes + 2;
        }
    }

    public override unsafe void Answer(int fd)
    {
        var buffer = stackalloc byte[256];
        var received = (int)Libc.Receive(fd, buffer, 256, Libc.DontWait);
        if (received == 0)
        {
            throw new BenchException("The server closed the connection of the publisher.");
        }

        if (received > 0)
        {
            AnswerLine(fd, new ReadOnlySpan<byte>(buffer, received));
        }
    }

    private static void AnswerLine(int fd, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("PING"u8))
        {
            Say(fd, "PONG\r\n"u8);
        }
        else if (line.StartsWith("-ERR"u8))
        {
            throw new BenchException($"The server said {System.Text.Encoding.ASCII.GetString(line).Trim()}.");
        }
    }
}
