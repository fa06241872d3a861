using System.Buffers.Binary;
using NetCore.Framing;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>
/// A client that speaks the session's protocol by hand: no deadline of its own, any bytes as a request.
/// </summary>
internal sealed class RawClient : ISessionHandler
{
    private readonly SteppedRig _rig;

    public RawClient(SteppedRig rig)
    {
        _rig = rig;
        var transport = new InMemoryTransport(rig.Test.World);
        var connection = rig.Get(transport.ConnectAsync(SteppedRig.Address));
        Session = new PeerSession(rig.Test.World, connection, SessionRole.Connector, this);
        Session.Start();
        rig.Finish(new ValueTask(Session.Established));
    }

    public PeerSession Session { get; }

    /// <summary>A request for a method of <see cref="IWork"/> with one number.</summary>
    public static byte[] Request(string method, uint timeout, int value, uint flags = 0)
    {
        var bytes = new byte[20];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, MethodId.Of($"test.work/{method}"));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), timeout);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), flags);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), value);
        return bytes;
    }

    public RawStream Send(ReadOnlySpan<byte> bytes, bool end = true, UpperProtocol protocol = UpperProtocol.Rpc)
    {
        var stream = new RawStream(Session);
        Assert.Equal(OpenResult.Opened, Session.Open(stream, stream.Message(bytes), protocol, end));
        _rig.Test.Settle();
        return stream;
    }

    public void Close() => _rig.Finish(Session.DisposeAsync());

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => null;

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }
}

/// <summary>A stream that keeps what it gets.</summary>
internal sealed class RawStream(PeerSession session) : SessionStream
{
    public byte[]? Response { get; private set; }

    public StreamEnd? End { get; private set; }

    public (RpcErrorCode Code, RpcExecution Execution) Outcome =>
        ((RpcErrorCode)Response![0], (RpcExecution)Response[1]);

    public OutgoingMessage Message(ReadOnlySpan<byte> bytes)
    {
        var message = session.RentMessage();
        bytes.CopyTo(message.Reserve(bytes.Length));
        return message;
    }

    protected override void OnMessage(in IncomingMessage message)
    {
        Assert.Null(Response);
        Response = new byte[message.Length];
        message.CopyTo(0, Response);
    }

    protected override void OnEnded(in StreamEnd end)
    {
        Assert.Null(End);
        End = end;
    }
}
