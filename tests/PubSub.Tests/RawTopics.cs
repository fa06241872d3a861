using System.Buffers;
using System.Buffers.Binary;
using NetCore.Framing;
using NetCore.PubSub.Internal;
using NetCore.Session;

namespace NetCore.PubSub.Tests;

/// <summary>A client that speaks the protocol of topics by hand.</summary>
internal sealed class RawTopics : SessionStream, ISessionHandler
{
    private readonly TopicRig _rig;

    public RawTopics(TopicRig rig, bool attach = true, uint window = PubSubLimits.DeliveryWindowBytes)
    {
        _rig = rig;
        Session = rig.ConnectRaw(this);
        if (attach)
        {
            Open(Attach(window));
            Assert.Equal(BlockKind.Attached, (BlockKind)Assert.Single(Messages)[0]);
            Messages.Clear();
        }
    }

    public PeerSession Session { get; }

    public List<byte[]> Messages { get; } = [];

    public StreamEnd? End { get; private set; }

    public PubSubErrorCode Reset => End is { Kind: StreamEndKind.ResetByPeer } end
        ? (PubSubErrorCode)((uint)end.Code - 512)
        : PubSubErrorCode.None;

    public static byte[] Block(BlockKind kind, byte[] fields, string text = "", byte[]? tail = null, byte flags = 0)
    {
        tail ??= [];
        var topic = System.Text.Encoding.UTF8.GetBytes(text);
        byte[] block = [(byte)kind, flags, 0, 0, 0, 0, 0, 0, .. fields, .. topic, .. tail];
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(2), (ushort)topic.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        return block;
    }

    public static byte[] Attach(uint window = PubSubLimits.DeliveryWindowBytes) =>
        Block(BlockKind.Attach, Fields(1, window));

    public static byte[] Publish(string topic, byte[] records, uint count = 1, uint number = 0) => Block(
        BlockKind.Publish,
        [.. Fields(number, 1000), .. new byte[8], .. Fields(count)],
        topic,
        records,
        number == 0 ? (byte)0 : (byte)1);

    public static byte[] Record(byte[] payload) => [.. BitConverter.GetBytes(payload.Length + 5), 0, .. payload];

    public static byte[] Subscribe(
        uint id, string pattern, string group = "", uint items = 100, uint bytes = 10_000, uint window = 1000) => Block(
        BlockKind.Subscribe,
        [.. Fields(id, items, bytes, window), 0, (byte)group.Length, 0, 0, .. new byte[8]],
        pattern,
        System.Text.Encoding.UTF8.GetBytes(group));

    public static byte[] Unsubscribe(uint id) => Block(BlockKind.Unsubscribe, Fields(id));

    public static byte[] Grant(uint id, uint bytes) => Block(BlockKind.Grant, Fields(id, bytes));

    public static byte[] Fields(params uint[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public void Open(byte[] bytes)
    {
        Assert.Equal(OpenResult.Opened, Session.Open(this, Message(bytes), UpperProtocol.PubSub, end: false));
        _rig.Test.Settle();
    }

    public void Send(params byte[][] blocks)
    {
        Session.Send(this, Message([.. blocks.SelectMany(static block => block)]), end: false);
        _rig.Test.Settle();
    }

    public void SendUnsettled(byte[] bytes) => Session.Send(this, Message(bytes), end: false);

    /// <summary>Subscription and error of each Ended block so far.</summary>
    public IEnumerable<(uint Id, PubSubErrorCode Code)> EndedBlocks() => Messages.SelectMany(Split)
        .Where(static block => (BlockKind)block[0] == BlockKind.Ended)
        .Select(static block => (BitConverter.ToUInt32(block, 8), (PubSubErrorCode)BitConverter.ToUInt32(block, 12)));

    public static IEnumerable<byte[]> Split(byte[] message)
    {
        for (var offset = 0; offset < message.Length;)
        {
            var length = BitConverter.ToInt32(message, offset + 4);
            yield return message[offset..(offset + length)];
            offset += length;
        }
    }

    public void Close() => _rig.Finish(Session.DisposeAsync());

    SessionStream? ISessionHandler.OnOpening(PeerSession session, UpperProtocol protocol) => null;

    void ISessionHandler.OnBatchEnd(PeerSession session)
    {
    }

    void ISessionHandler.OnClosed(PeerSession session, in SessionClose close)
    {
    }

    protected override void OnMessage(in IncomingMessage message)
    {
        var bytes = new byte[message.Length];
        message.CopyTo(0, bytes);
        Messages.Add(bytes);
    }

    protected override void OnEnded(in StreamEnd end) => End = end;

    private OutgoingMessage Message(byte[] bytes)
    {
        var message = Session.RentMessage();
        message.Write(bytes);
        return message;
    }
}
