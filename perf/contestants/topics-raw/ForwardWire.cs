namespace NetCore.Bench.Contenders;

/// <summary>Messages as they are, one behind the other; a connection begins by saying what it is.</summary>
internal sealed class ForwardWire : TopicWire
{
    public const byte Publisher = (byte)'P';

    public const byte Subscriber = (byte)'S';

    public override void Subscribe(int fd)
    {
        Say(fd, [Subscriber]);
        Expect(fd, "S");
    }

    public override void Announce(int fd) => Say(fd, [Publisher]);

    public override int Write(Span<byte> to, ReadOnlySpan<byte> message)
    {
        message.CopyTo(to);
        return message.Length;
    }

    public override int Read(int fd, ReadOnlySpan<byte> received, int messageBytes, Found found)
    {
        var done = 0;
        for (; received.Length - done >= messageBytes; done += messageBytes)
        {
            found(received.Slice(done, messageBytes));
        }

        return done;
    }

    public override void Answer(int fd)
    {
    }
}
