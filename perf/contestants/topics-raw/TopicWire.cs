using System.Text;

namespace NetCore.Bench.Contenders;

/// <summary>What a raw client has to know of a broker's protocol; one for each connection.</summary>
internal abstract unsafe class TopicWire
{
    /// <summary>Bytes around a message at most.</summary>
    public const int MostAround = 64;

    /// <summary>The topic of the load.</summary>
    public const string Topic = "bench.load";

    /// <summary>Gets a message that has been found.</summary>
    public delegate void Found(ReadOnlySpan<byte> message);

    /// <summary>Subscribes on a new connection, and waits until the broker has it.</summary>
    public abstract void Subscribe(int fd);

    /// <summary>Makes a new connection ready to publish.</summary>
    public abstract void Announce(int fd);

    /// <summary>Writes a message as it is published; gives the bytes.</summary>
    public abstract int Write(Span<byte> to, ReadOnlySpan<byte> message);

    /// <summary>Finds the complete messages of what a subscriber has received.</summary>
    /// <returns>Bytes that are done with.</returns>
    public abstract int Read(int fd, ReadOnlySpan<byte> received, int messageBytes, Found found);

    /// <summary>Something has come for the publisher, or may have.</summary>
    public abstract void Answer(int fd);

    /// <summary>Sends a few bytes on a socket that waits.</summary>
    protected static void Say(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            if (Libc.Send(fd, first, bytes.Length, Libc.NoSignal) != bytes.Length)
            {
                throw Libc.Failed("send");
            }
        }
    }

    /// <summary>Receives until the text has come that ends a handshake.</summary>
    protected static void Expect(int fd, string text)
    {
        var all = new StringBuilder();
        var buffer = stackalloc byte[1024];
        while (!all.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            var received = (int)Libc.Receive(fd, buffer, 1024, 0);
            if (received <= 0)
            {
                throw new BenchException($"The broker did not answer '{text.Trim()}' but '{all}'.");
            }

            all.Append(Encoding.ASCII.GetString(buffer, received));
        }
    }
}
