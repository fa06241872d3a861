using NetCore.Framing;

namespace NetCore.Session.Tests;

/// <summary>A stream that records what it is told and finds breaches of the contract.</summary>
internal sealed class TestStream : SessionStream
{
    private readonly Lock _lock = new();

    public TestStream(bool paced = false) => IsPaced = paced;

    /// <summary>Of a paced stream: what it was told of.</summary>
    public int Framed { get; private set; }

    public List<byte[]> Messages { get; } = [];

    public List<StreamEnd> Ends { get; } = [];

    public List<string> Breaches { get; } = [];

    public UpperProtocol Protocol { get; init; }

    public Action<TestStream, byte[], bool>? OnWhole { get; set; }

    public Action<TestStream>? OnOver { get; set; }

    /// <summary>A reset of this side ended it.</summary>
    public bool WasReset { get; private set; }

    public StreamEnd End => Assert.Single(Ends);

    public bool IsOver => Ends.Count > 0 || WasReset;

    /// <summary>A reset succeeded; an end that was told before or comes after is a breach.</summary>
    public void MarkReset()
    {
        lock (_lock)
        {
            WasReset = true;
            if (Ends.Count > 0)
            {
                Breaches.Add("an end before a reset that succeeded");
            }
        }
    }

    public void NextLife() => Life++;

    protected internal override void OnMessage(in IncomingMessage message)
    {
        var bytes = new byte[message.Length];
        message.CopyTo(0, bytes);
        lock (_lock)
        {
            Messages.Add(bytes);
            if (Ends.Count > 0)
            {
                Breaches.Add("a message after the end");
            }
        }

        OnWhole?.Invoke(this, bytes, message.IsLast);
    }

    protected internal override void OnFramed(int bytes) => Framed += bytes;

    protected internal override void OnEnded(in StreamEnd end)
    {
        lock (_lock)
        {
            Ends.Add(end);
            if (Ends.Count > 1)
            {
                Breaches.Add("a second end");
            }

            if (WasReset)
            {
                Breaches.Add("an end after a reset that succeeded");
            }
        }

        OnOver?.Invoke(this);
    }
}
