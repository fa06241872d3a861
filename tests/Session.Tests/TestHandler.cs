using System.Collections.Concurrent;
using NetCore.Framing;

namespace NetCore.Session.Tests;

/// <summary>Takes streams of the peer and keeps them.</summary>
internal sealed class TestHandler : ISessionHandler
{
    public ConcurrentQueue<TestStream> Accepted { get; } = [];

    public SessionClose? Closed { get; private set; }

    public int Batches { get; private set; }

    /// <summary>Gives the stream's object; null refuses.</summary>
    public Func<UpperProtocol, TestStream?> Opening { get; set; } = protocol => new TestStream { Protocol = protocol };

    public Action? OnClosing { get; set; }

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        var stream = Opening(protocol);
        if (stream is not null)
        {
            Accepted.Enqueue(stream);
        }

        return stream;
    }

    public void OnBatchEnd(PeerSession session) => Batches++;

    public void OnClosed(PeerSession session, in SessionClose close)
    {
        Assert.Null(Closed);
        Closed = close;
        OnClosing?.Invoke();
    }
}
