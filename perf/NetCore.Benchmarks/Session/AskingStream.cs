using NetCore.Session;

namespace NetCore.Benchmarks.Session;

/// <summary>A stream that asks once and remembers how long the answer was.</summary>
internal sealed class AskingStream : SessionStream
{
    /// <summary>Bytes of the answer; -1 while there is none.</summary>
    public int Answered { get; private set; }

    /// <summary>The stream is over and may be used again.</summary>
    public bool Over { get; private set; }

    public void Begin()
    {
        Life++;
        Answered = -1;
        Over = false;
    }

    protected override void OnMessage(in IncomingMessage message) => Answered = message.Length;

    protected override void OnEnded(in StreamEnd end) => Over = true;
}
