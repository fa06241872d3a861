using NetCore.Framing;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A server that answers each request with the messages that the test gives, and a client of it.</summary>
internal sealed class RawServer : ISessionHandler, IDisposable
{
    private static readonly TransportAddress Address = TransportAddress.InProcess("raw");

    private readonly SteppedRig _rig;
    private readonly Listener _listener;

    public RawServer(SteppedRig rig)
    {
        _rig = rig;
        var transport = new InMemoryTransport(rig.Test.World);
        _listener = rig.Get(transport.ListenAsync(Address, connection =>
        {
            Session = new PeerSession(rig.Test.World, connection, SessionRole.Acceptor, this);
            Session.Start();
        }));
        Client = rig.Get(RpcClient.ConnectAsync(Address, new RpcClientOptions { World = rig.Test.World }));
        Calls = new WorkClient(Client);
    }

    public RpcClient Client { get; }

    public WorkClient Calls { get; }

    public PeerSession Session { get; private set; } = null!;

    /// <summary>Messages that answer a request; the last one ends the stream.</summary>
    public byte[][] Answers { get; set; } = [];

    /// <summary>Whether the last one does end it.</summary>
    public bool Ends { get; set; } = true;

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) => new Stream(this, session);

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }

    public void Dispose()
    {
        _rig.Finish(Client.DisposeAsync());
        _rig.Finish(Session.DisposeAsync());
        _rig.Finish(_listener.DisposeAsync());
    }

    private sealed class Stream(RawServer server, PeerSession session) : SessionStream
    {
        protected override void OnMessage(in IncomingMessage message)
        {
            for (var i = 0; i < server.Answers.Length; i++)
            {
                var answer = session.RentMessage();
                System.Buffers.BuffersExtensions.Write(answer, server.Answers[i]);
                session.Send(this, answer, end: server.Ends && i == server.Answers.Length - 1);
            }

            session.Release(this);
        }

        protected override void OnEnded(in StreamEnd end)
        {
        }
    }
}
