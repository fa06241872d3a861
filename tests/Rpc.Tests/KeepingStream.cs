using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Keeps the messages of a stream with what lies in one frame.</summary>
internal sealed class KeepingStream : SessionStream
{
    public List<(byte[] Bytes, bool IsLast)> Messages { get; } = [];

    protected override void OnMessage(in IncomingMessage message)
    {
        var bytes = new byte[message.Length];
        message.CopyTo(0, bytes);
        Messages.Add((bytes, message.IsLast));
    }

    protected override void OnEnded(in StreamEnd end)
    {
    }
}
