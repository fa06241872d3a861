using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Benchmarks.Session;

/// <summary>Answers each message with itself, on streams that are used again.</summary>
internal sealed class EchoHandler : ISessionHandler
{
    private readonly Stack<EchoStream> _free = new();

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        var stream = _free.TryPop(out var old) ? old : new EchoStream(this);
        stream.Begin(session);
        return stream;
    }

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }

    private sealed class EchoStream(EchoHandler owner) : SessionStream
    {
        private PeerSession _session = null!;

        public void Begin(PeerSession session)
        {
            _session = session;
            Life++;
        }

        protected override void OnMessage(in IncomingMessage message)
        {
            var answer = _session.RentMessage();
            message.CopyTo(0, answer.Reserve(message.Length));
            _session.Send(this, answer, end: true);
        }

        protected override void OnEnded(in StreamEnd end)
        {
            _session.Release(this);
            owner._free.Push(this);
        }
    }
}
