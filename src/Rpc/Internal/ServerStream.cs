using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The stream of a call at the server: it only passes on to its call.</summary>
internal sealed class ServerStream : SessionStream
{
    private readonly ServerCall _call;

    public ServerStream(ServerCall call)
    {
        // A call without items is one message each way, which credit does not come to.
        IsPaced = true;
        _call = call;
    }

    public void NextLife() => Life++;

    protected override void OnFramed(int bytes) => _call.OnFramed(bytes);

    protected override void OnMessage(in IncomingMessage message) => _call.OnMessage(in message);

    protected override void OnEnded(in StreamEnd end) => _call.OnStreamEnded(in end);
}
